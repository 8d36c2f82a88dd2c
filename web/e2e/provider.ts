// A true identity provider (npm `oidc-provider`) on a free port, with its own sign-in page. Whoever
// types a name is that person; nothing reaches the internet.
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer, type Server as Http } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Provider } from "oidc-provider";

const SECRET = "a secret of the e2e tests only";

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

export class IdentityProvider {
  private constructor(
    readonly issuer: string,
    private readonly http: Http,
  ) {}

  /** Serves the client `sanbao`, which is reached at `address`. */
  static async start(address: string): Promise<IdentityProvider> {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: "sanbao",
          client_secret: SECRET,
          redirect_uris: [`${address}/arrived`],
          post_logout_redirect_uris: [`${address}/`],
          response_types: ["code"],
          grant_types: ["authorization_code"],
        },
      ],
      pkce: { required: () => true },
      claims: { openid: ["sub"], profile: ["preferred_username"] },
      cookies: { keys: ["e2e"] },
      features: { devInteractions: { enabled: true } },
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => Promise.resolve({ sub: id, preferred_username: id }),
      }),
      // The company agrees for its people: nobody is asked whether we may know their name.
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client.clientId,
          accountId: oidc.session.accountId,
        });
        grant.addOIDCScope("openid profile");
        await grant.save();
        return grant;
      },
    });
    http.on("request", provider.callback());
    return new IdentityProvider(issuer, http);
  }

  /** Writes the file of a company that asks it, with its secret beside it; the file's name. */
  async file(address: string, more: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "sanbao-oidc-"));
    await writeFile(join(folder, "secret"), SECRET);
    const file = join(folder, "oidc.toml");
    const lines = [
      `issuer = "${this.issuer}"`,
      `address = "${address}"`,
      'client_id = "sanbao"',
      'client_secret_file = "secret"',
      'scopes = ["profile"]',
      'label = { zh = "公司账号", en = "company account" }',
      more,
    ];
    await writeFile(file, lines.join("\n"));
    return file;
  }

  /** Answers nobody any more. */
  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }
}

