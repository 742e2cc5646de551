/** The operator's input is wrong: said in one place, with what to do. Never used for bad evidence. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  /** How to fix it, one sentence. */
  readonly fix: string;

  constructor(code: string, message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.fix = fix;
  }
}
