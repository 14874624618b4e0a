import { COMMISSIONS } from '#lib/domain/people/commissions.ts';
import { requireActor } from '#lib/http/guards.ts';
import { listLectures } from '#lib/server/lectures/list-lectures.ts';
import { listVideos } from '#lib/server/videos/list-videos.ts';
import { listRegisterImports } from '#lib/server/register/list-register-imports.ts';
import type { PageServerLoad } from './$types.ts';
import { listPreparations } from './next-step.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const [imports, videos, lectures] = await Promise.all([
    listRegisterImports(app, administrator),
    listVideos(app, administrator),
    listLectures(app, administrator),
  ]);
  const editions = lectures.flatMap((lecture) => lecture.editions);
  const count = <T>(all: readonly T[], isCounted: (one: T) => boolean) => all.filter(isCounted).length;
  return {
    commission: COMMISSIONS.find(({ code }) => code === administrator.commissionCode),
    lastImport: imports[0] ?? null,
    videos: {
      ready: count(videos, ({ state }) => state === 'ready'),
      moving: count(videos, ({ isMoving }) => isMoving),
      stopped: count(videos, ({ state }) => state === 'refused' || state === 'failed'),
    },
    editions: {
      published: count(editions, ({ state }) => state === 'published'),
      draft: count(editions, ({ state }) => state === 'draft'),
    },
    preparations: listPreparations({ importCount: imports.length, videos, lectures }),
  };
};
