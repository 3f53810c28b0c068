import type { Resource, TwinState } from "../../state/twin-state.ts";
import { derivedHex, derivedIamId } from "../derived.ts";
import { type Mapping, mapped } from "../mapping.ts";
import { describe } from "./describe.ts";
import { tagSet } from "./ec2-parts.ts";
import { tagFilters } from "./filters.ts";

type Instance = Resource<"instances">;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
const STATE_CODES: Readonly<Record<string, number>> = {
  pending: 0,
  running: 16,
  "shutting-down": 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** The instances, each in a reservation of its own, as Terraform makes them. */
export function describeInstances(state: TwinState) {
  const shape = instanceShape(state);
  return describe({
    operation: "DescribeInstances",
    set: "reservationSet",
    all: state.instances,
    chosenBy: { InstanceId: { idOf: ({ id }) => id, code: "InvalidInstanceID.NotFound", what: "instance ID" } },
    filters: {
      ...tagFilters(),
      "instance-id": ({ id }) => [id],
      "instance-state-name": ({ instance_state }) => [instance_state],
      "instance-type": ({ instance_type }) => [instance_type],
      "image-id": ({ ami }) => [ami],
      "vpc-id": (instance) => [vpcOf(state, instance)],
      "subnet-id": ({ subnet_id }) => [subnet_id],
      "availability-zone": ({ availability_zone }) => [availability_zone],
      "private-ip-address": ({ private_ip }) => [private_ip],
      "ip-address": ({ public_ip }) => [public_ip],
      "dns-name": ({ public_dns }) => [public_dns],
      "instance.group-id": ({ vpc_security_group_ids }) => vpc_security_group_ids,
      "iam-instance-profile.arn": (instance) => [profileOf(state, instance)?.arn],
    },
    shape: {
      reservationId: ({ id }) => `r-${derivedHex(`${id} reservation`, 17)}`,
      ownerId: () => state.accountId,
      groupSet: () => [],
      instancesSet: (instance) => [mapped(instance, shape)],
    },
  });
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html */
const instanceShape = (state: TwinState): Mapping<Instance> => ({
  instanceId: "id",
  imageId: "ami",
  instanceState: ({ instance_state: name }) => ({ code: STATE_CODES[name] ?? 16, name }),
  instanceType: "instance_type",
  privateDnsName: "private_dns",
  dnsName: "public_dns",
  privateIpAddress: "private_ip",
  ipAddress: "public_ip",
  subnetId: "subnet_id",
  vpcId: (instance) => vpcOf(state, instance),
  sourceDestCheck: "source_dest_check",
  keyName: "key_name",
  ebsOptimized: "ebs_optimized",
  monitoring: ({ monitoring }) => ({ state: monitoring ? "enabled" : "disabled" }),
  placement: ({ availability_zone, tenancy }) => ({ availabilityZone: availability_zone, tenancy }),
  groupSet: ({ vpc_security_group_ids: ids }) => groupsOf(state, ids),
  iamInstanceProfile: (instance) => profileOf(state, instance),
  rootDeviceName: ({ root_block_device }) => root_block_device?.device_name,
  rootDeviceType: () => "ebs",
  blockDeviceMapping: ({ root_block_device: root }) =>
    root && [
      {
        deviceName: root.device_name,
        ebs: { volumeId: root.volume_id, status: "attached", deleteOnTermination: root.delete_on_termination },
      },
    ],
  networkInterfaceSet: (instance) =>
    instance.primary_network_interface_id && [
      {
        networkInterfaceId: instance.primary_network_interface_id,
        subnetId: instance.subnet_id,
        vpcId: vpcOf(state, instance),
        status: "in-use",
        privateIpAddress: instance.private_ip,
        association: instance.public_ip && { publicIp: instance.public_ip, publicDnsName: instance.public_dns },
        groupSet: groupsOf(state, instance.vpc_security_group_ids),
      },
    ],
  metadataOptions: ({ metadata_options: options }) =>
    options && {
      state: "applied",
      httpTokens: options.http_tokens,
      httpPutResponseHopLimit: options.http_put_response_hop_limit,
      httpEndpoint: options.http_endpoint,
      httpProtocolIpv6: options.http_protocol_ipv6,
      instanceMetadataTags: options.instance_metadata_tags,
    },
  tagSet: ({ tags_all }) => tagSet(tags_all),
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IamInstanceProfileAssociation.html */
export function describeIamInstanceProfileAssociations(state: TwinState) {
  const associations = state.instances.flatMap((instance) => {
    const profile = profileOf(state, instance);
    const id = `iip-assoc-${derivedHex(`${instance.id} profile`, 17)}`;
    return profile === undefined ? [] : [{ id, instanceId: instance.id, profile }];
  });
  return describe({
    operation: "DescribeIamInstanceProfileAssociations",
    set: "iamInstanceProfileAssociationSet",
    all: associations,
    chosenBy: {
      AssociationId: { idOf: ({ id }) => id, code: "InvalidAssociationID.NotFound", what: "association ID" },
    },
    filters: { "instance-id": ({ instanceId }) => [instanceId], state: () => ["associated"] },
    shape: {
      associationId: "id",
      instanceId: "instanceId",
      iamInstanceProfile: "profile",
      state: () => "associated",
    },
  });
}

/** Terraform names the profile; one that the state does not have, such as another stack's, is told by its name alone. */
function profileOf(
  state: TwinState,
  { iam_instance_profile: name }: Instance,
): { arn: string; id: string } | undefined {
  if (name === undefined) return undefined;
  const found = state.instanceProfiles.find((profile) => profile.name === name);
  const arn = found?.arn ?? `arn:${state.partition}:iam::${state.accountId}:instance-profile/${name}`;
  return { arn, id: found?.unique_id ?? derivedIamId("AIPA", arn) };
}

function vpcOf({ subnets }: TwinState, { subnet_id }: Instance): string | undefined {
  return subnets.find(({ id }) => id === subnet_id)?.vpc_id;
}

function groupsOf({ securityGroups }: TwinState, ids: readonly string[]) {
  return ids.map((groupId) => ({ groupId, groupName: securityGroups.find(({ id }) => id === groupId)?.name }));
}
