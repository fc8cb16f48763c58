/**
 * The one door to the app crate. Screens know this interface and nothing about the process behind it.
 */
export interface Host {
  /** Sends one request. The reply is typed by who asks; a rejected promise carries a {@link HostFailure}. */
  call<R>(request: unknown): Promise<R>;
  /** Hears every event of the app. Returns the act that stops listening. */
  listen(handler: (event: unknown) => void): () => void;
}

/** A call that did not reach the app, or whose answer is no answer: the process is gone or too old. */
export class HostFailure extends Error {
  override readonly name = "HostFailure";
}
