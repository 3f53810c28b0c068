import { block, flagOr, numberOr, optionalText, resources, text, textMap, textOr, texts } from "./attribute.ts";

export const COMPUTE_RESOURCES = {
  instances: resources(["aws_instance"], {
    id: text,
    arn: optionalText,
    ami: optionalText,
    instance_type: optionalText,
    /** For example `running`. */
    instance_state: textOr("running"),
    availability_zone: optionalText,
    /** The profile's name. */
    iam_instance_profile: optionalText,
    subnet_id: optionalText,
    vpc_security_group_ids: texts,
    private_ip: optionalText,
    private_dns: optionalText,
    public_ip: optionalText,
    public_dns: optionalText,
    primary_network_interface_id: optionalText,
    source_dest_check: flagOr(true),
    ebs_optimized: flagOr(false),
    monitoring: flagOr(false),
    tenancy: textOr("default"),
    key_name: optionalText,
    metadata_options: block({
      http_endpoint: textOr("enabled"),
      http_protocol_ipv6: textOr("disabled"),
      http_put_response_hop_limit: numberOr(1),
      http_tokens: textOr("optional"),
      instance_metadata_tags: textOr("disabled"),
    }),
    root_block_device: block({
      device_name: optionalText,
      volume_id: optionalText,
      delete_on_termination: flagOr(true),
      encrypted: flagOr(false),
      kms_key_id: optionalText,
    }),
    tags_all: textMap,
  }),
};
