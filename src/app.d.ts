import type { Actor } from '#lib/domain/people/actor.ts';
import type { RefusalView } from '#lib/http/refusals.ts';
import type { App as KoshuApp } from '#lib/server/app.ts';

declare global {
  namespace App {
    interface Locals {
      app: KoshuApp;
      actor: Actor | null;
      requestId: string;
    }
    interface PageData {
      /** What the menu leads to. Pages inside may say more than the one around all. */
      menu?: readonly { readonly href: string; readonly label: string }[];
    }
    interface Error {
      message: string;
      requestId?: string;
      /** Why, when it is a decision and no fault. */
      refusal?: RefusalView;
    }
  }
}

export {};
