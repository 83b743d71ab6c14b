import express, { type Express, type Request } from 'express'
import type { Logger } from 'pino'
import { deliver } from './courier/deliver.ts'
import {
  deskInput,
  dropProposal,
  noteRefusedList,
  proposalInput,
  publishDeskKeys,
  readDesk,
  refusedListInput,
} from './desk/lists.ts'
import { envelopesInput, noteEnvelopesTaken, noteOpening, openingInput } from './desk/openings.ts'
import { endpoint, get, newRooms, post, postText, type Route, tabletOf } from './endpoint.ts'
import { exportRecords } from './export/export.ts'
import { newGuesses } from './guesses.ts'
import { addressLimit } from './http/address-limit.ts'
import { lastWord, nothingHere } from './http/last-word.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import { readStaticFiles, serveStatic } from './http/static-files.ts'
import { backupState, health, publicProvince } from './operations/facts.ts'
import { setUp, setUpInput } from './operations/set-up.ts'
import * as review from './people/access-review.ts'
import * as accounts from './people/accounts.ts'
import { strangers } from './people/attempts.ts'
import { keptOfTablet } from './people/kept.ts'
import { cutKey, keyInput, registerKey } from './people/keys.ts'
import * as devices from './people/manage-devices.ts'
import { newQuotas } from './people/quotas.ts'
import { whileSignedIn } from './people/sessions.ts'
import * as people from './people/sign-in.ts'
import { endSignIns, listSignIns } from './people/sign-ins.ts'
import { sync, syncBody } from './people/sync.ts'
import { askChallenge, lock, unlock, unlockInput } from './people/unlock.ts'
import type { House } from './province.ts'
import { readAccessLog } from './review/access.ts'
import { drop, listHeld, takeIn, takeInInput } from './review/held.ts'
import { readHistory } from './review/history.ts'
import { noteRightsSeen, readRightsNews, rightsSeenInput } from './review/rights-news.ts'
import { newStreams, streamOf } from './streams.ts'

const administrator = ['administrator'] as const
const desk = ['desk'] as const
const exporters = ['supervisor', 'administrator'] as const
/** Says who is here, or takes somebody away: it opens nothing. */
const always = { whileMustChange: true, whileInDoubt: true }
const inDoubt = { whileInDoubt: true }
const guessable = { guessable: true }

/** Every route of the server. */
export const routesOf = (
  limitStranger = strangers(),
  quotas = newQuotas(),
  streams = newStreams(),
  inTurn = newGuesses(),
): readonly Route[] => [
  get('/api/health', 'outside', ({ house }) => health(house)),
  get('/api/province', 'outside', ({ house }) => publicProvince(house)),
  post('/api/setup', 'outside', setUpInput, ({ house, input }) => setUp(house, input), guessable),

  post(
    '/api/sign-in',
    'anyone',
    people.signInInput,
    (ask) => people.signIn(ask.open, ask.call, ask.input, { limitStranger, quotas, inTurn, address: ask.address }),
    { ...guessable, limits: people.signInLimits },
  ),
  post(
    '/api/sign-out',
    'signed-in',
    people.signOutInput,
    (ask) => ask.open.store.transaction((tx) => people.signOut(tx, ask.call, ask.input)),
    always,
  ),
  post(
    '/api/password',
    'signed-in',
    people.passwordInput,
    (ask) => people.changePassword(ask.open.store, ask.call, ask.input),
    { whileMustChange: true, ...guessable },
  ),
  post(
    '/api/keys',
    'signed-in',
    keyInput,
    (ask) => ask.open.store.transaction((tx) => registerKey(tx, ask.call, ask.input)),
    inDoubt,
  ),
  post(
    '/api/session/lock',
    'signed-in',
    null,
    (ask) => ask.open.store.transaction((tx) => lock(tx, ask.call)),
    inDoubt,
  ),
  post('/api/session/challenge', 'anyone', null, (ask) =>
    ask.open.store.transaction((tx) => askChallenge(tx, ask.call)),
  ),
  post('/api/session/unlock', 'anyone', unlockInput, (ask) =>
    ask.open.store.transaction((tx) => unlock(tx, ask.call, ask.input)),
  ),
  get('/api/session', 'signed-in', ({ open, call, query }) => people.currentSession(open, call, query), always),

  get('/api/sign-ins', 'signed-in', ({ db, call }) => listSignIns(db, call), inDoubt),
  post('/api/sign-ins/end', 'signed-in', null, (ask) => ask.open.store.transaction((tx) => endSignIns(tx, ask.call))),

  postText('/api/sync', 'anyone', (ask) => sync(ask.open, ask.call, ask.header('Authorization'), ask.input, quotas), {
    ...syncBody,
    sentBy: 'tablet',
  }),
  postText(
    '/api/courier',
    'anyone',
    ({ house, open, call, header, input }) =>
      deliver({ open, call, secret: house.secretKey, authorization: header('Authorization'), quotas }, input),
    { ...syncBody, sentBy: 'tablet-or-person' },
  ),
  get('/api/kept', 'anyone', ({ db, call, header }) => keptOfTablet(db, call, header('Cookie'))),
  get(
    '/api/events',
    'signed-in',
    async ({ house, open, call }) =>
      streamOf(streams, call.session.id, () => whileSignedIn(open.store, call, house.clock, house.heads.events())),
    inDoubt,
  ),
  get('/api/backup-state', 'signed-in', ({ db, call }) => backupState(db, call), inDoubt),
  get('/api/records/:id/history', 'signed-in', ({ db, call, params }) => readHistory(db, call, params.id!)),
  get('/api/export/:kind.csv', exporters, (ask) =>
    exportRecords(ask.open.store, ask.call, ask.params.kind!, ask.query),
  ),

  get('/api/accounts', administrator, ({ db, call }) => accounts.listAccounts(db, call)),
  post('/api/accounts', administrator, accounts.accountInput, (ask) =>
    accounts.makeAccount(ask.open.store, ask.call, ask.input),
  ),
  post('/api/accounts/:staff/reset', administrator, accounts.resetInput, (ask) =>
    accounts.resetPassword(ask.open.store, ask.call, ask.params.staff!, ask.input.password),
  ),
  post('/api/accounts/:staff/disable', administrator, null, (ask) =>
    ask.write((db) => accounts.setDisabled(db, ask.call, ask.params.staff!, true)),
  ),
  post('/api/accounts/:staff/enable', administrator, null, (ask) =>
    ask.write((db) => accounts.setDisabled(db, ask.call, ask.params.staff!, false)),
  ),
  get('/api/devices', administrator, ({ db, call }) => devices.listDevices(db, call)),
  post('/api/devices/:id', administrator, devices.deviceName, (ask) =>
    ask.write((db) => devices.nameDevice(db, ask.call, ask.params.id!, ask.input.name)),
  ),
  post('/api/devices/:id/revoke', administrator, null, (ask) =>
    ask.write((db) => devices.revokeDevice(db, ask.call, ask.params.id!)),
  ),
  get('/api/held', administrator, ({ db, call }) => listHeld(db, call)),
  post('/api/held/:device/:n/drop', administrator, null, (ask) =>
    drop(ask.open.store, ask.call, ask.params.device!, ask.params.n!),
  ),
  post('/api/held/:device/take-in', administrator, takeInInput, (ask) =>
    takeIn(ask.open.store, ask.call, ask.params.device!, ask.input),
  ),
  get('/api/access-review', administrator, ({ db, call }) => review.readAccessReview(db, call), inDoubt),
  post(
    '/api/access-review',
    administrator,
    review.reviewInput,
    (ask) => ask.open.store.transaction((tx) => review.beginReview(tx, ask.call, ask.input)),
    { ...inDoubt, ...guessable },
  ),
  post('/api/access-review/end', administrator, null, (ask) =>
    ask.open.store.transaction((tx) => review.endReview(tx, ask.call)),
  ),
  post('/api/keys/:id/cut', administrator, null, (ask) =>
    ask.open.store.transaction((tx) => cutKey(tx, ask.call, ask.params.id!)),
  ),
  get('/api/rights-news', administrator, ({ db, call }) => readRightsNews(db, call)),
  post('/api/rights-news', administrator, rightsSeenInput, (ask) =>
    ask.write((db) => noteRightsSeen(db, ask.call, ask.input.upTo)),
  ),
  get('/api/access-log', administrator, ({ db, call, query }) => readAccessLog(db, call, query.get('before'))),

  get('/api/desk', 'signed-in', ({ db, call }) => readDesk(db, call)),
  post('/api/desk/keys', desk, deskInput, (ask) =>
    ask.open.store.transaction((tx) => publishDeskKeys(tx, ask.call, ask.input)),
  ),
  post('/api/desk/proposals/drop', desk, proposalInput, (ask) =>
    ask.write((db) => dropProposal(db, ask.call, ask.input.digest)),
  ),
  post(
    '/api/desk/refused',
    'signed-in',
    refusedListInput,
    (ask) => ask.write((db) => noteRefusedList(db, ask.call, ask.input)),
    inDoubt,
  ),
  post('/api/desk/exports', desk, envelopesInput, (ask) =>
    ask.write((db) => noteEnvelopesTaken(db, ask.call, ask.input.envelopes)),
  ),
  post('/api/desk/openings', desk, openingInput, (ask) =>
    ask.write((db) => noteOpening(db, ask.call, ask.input.record)),
  ),
]

/** A revoked tablet is counted with its address. */
const limitedApart = async (house: House, request: Request): Promise<string | null> => {
  const tablet = await tabletOf(house, request).catch(() => null)
  return tablet && !tablet.revoked ? tablet.id : null
}

/** The whole server as one Express application: headers, log, routes, the built app, and a last word for everything else. */
export const createService = (house: House, { log, dist }: { log: Logger; dist: string }): Express => {
  const app = express()
  app.set('trust proxy', house.config.trustProxy)
  app.set('query parser', false)
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(securityHeaders)
  app.use(requestLog(log))
  app.use('/api', (_, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  const limit = addressLimit((request) => limitedApart(house, request))
  const rooms = newRooms()
  for (const route of routesOf()) {
    app[route.method](route.path, ...(route.guessable ? [limit] : []), endpoint(route, house, rooms))
  }
  app.use('/api', nothingHere)
  app.use(serveStatic(readStaticFiles(dist)))
  app.use(nothingHere)
  app.use(lastWord(log))
  return app
}
