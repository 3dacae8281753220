/** The door for OBS and ffmpeg: listens for RTMP and hands every accepted publish to its owner as FLV tags. */
import type { AuthorizePublish, RtmpLog } from './RtmpPublish.ts';
import type { RtmpLimits } from './rtmpLimits.ts';

export type RtmpServerOptions = {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly log: RtmpLog;
  readonly authorize: AuthorizePublish;
  readonly limits?: Partial<RtmpLimits>;
  /** RTMP application names that may be published to; `live` by default. */
  readonly apps?: readonly string[];
};

export class RtmpServer {
  readonly #options: RtmpServerOptions;

  constructor(options: RtmpServerOptions) {
    this.#options = options;
  }

  /** Resolves with the port once connections are accepted; rejects with the system's error (EADDRINUSE …). */
  async listen(): Promise<{ port: number }> {
    throw new Error(`not built yet: port ${this.#options.port}`);
  }

  /** Ends every connection with a reason and stops listening. Idempotent. */
  async close(): Promise<void> {}
}
