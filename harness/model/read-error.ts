/** Why a read failed. */
export interface ReadError {
  /** The service's own code, for example `AccessDeniedException`. */
  readonly code: string;
  readonly message: string;
  /** The operation that failed, for example `kinesis:GetRecords`. */
  readonly operation: string;
}
