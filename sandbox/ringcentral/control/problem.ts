/** A request to the control API that cannot be done; the message goes to whoever asked. */
export class ControlProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
