import type { ApiResponse } from "./api-request.ts";

/** What API Gateway answers itself (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html). */
const RESPONSES = {
  BAD_REQUEST_PARAMETERS: [400, "Missing required request parameters", "BadRequestException"],
  MISSING_AUTHENTICATION_TOKEN: [403, "Missing Authentication Token", "MissingAuthenticationTokenException"],
  ACCESS_DENIED: [403, "User is not authorized to access this resource", "AccessDeniedException"],
  FORBIDDEN: [403, "Forbidden", "ForbiddenException"],
  REQUEST_TOO_LARGE: [413, "Request Too Long", "RequestTooLargeException"],
  THROTTLED: [429, "Too Many Requests", "TooManyRequestsException"],
  API_CONFIGURATION_ERROR: [500, "Internal server error", "InternalServerErrorException"],
  INTEGRATION_MALFORMED: [502, "Internal server error", "InternalServerErrorException"],
  INTEGRATION_TIMEOUT: [504, "Endpoint request timed out", "InternalServerErrorException"],
} as const;

export type GatewayResponseType = keyof typeof RESPONSES;

/** @param about what a message names besides, as `Missing required request parameters: [page]`. */
export function gatewayResponse(
  type: GatewayResponseType,
  about?: string,
): ApiResponse & { readonly message: string; readonly type: GatewayResponseType } {
  const [status, text, errorType] = RESPONSES[type];
  const message = about === undefined ? text : `${text}: ${about}`;
  const headers = [
    ["Content-Type", "application/json"],
    ["x-amzn-ErrorType", errorType],
  ] as const;
  return { status, headers, body: JSON.stringify({ message }), message, type };
}
