/** Why no snapshot was made: what happened, where, and what to do. The command prints it and exits 3. */
export class SnapshotError extends Error {
  readonly place: string;
  readonly remedy: string;

  constructor(message: string, place: string, remedy: string) {
    super(message);
    this.name = "SnapshotError";
    this.place = place;
    this.remedy = remedy;
  }
}
