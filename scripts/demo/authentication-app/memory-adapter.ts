import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/** Where the provider keeps what it has under way: in memory, gone with the program. */
export function memoryAdapter(): AdapterFactory {
  const entries = new Map<string, Entry>();
  const find = (matches: (key: string, payload: AdapterPayload) => boolean) => {
    for (const [key, { payload, expiresAt }] of entries) {
      if (expiresAt <= Date.now()) entries.delete(key);
      else if (matches(key, payload)) return payload;
    }
    return undefined;
  };
  return (model): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`;
    return {
      upsert: async (id, payload, expiresIn = 600) =>
        void entries.set(keyOf(id), { payload, expiresAt: Date.now() + expiresIn * 1000 }),
      find: async (id) => find((key) => key === keyOf(id)),
      findByUid: async (uid) => find((key, payload) => key.startsWith(keyOf('')) && payload.uid === uid),
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const payload = find((key) => key === keyOf(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => void entries.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
      },
    };
  };
}
