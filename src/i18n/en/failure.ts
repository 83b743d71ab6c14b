import type { FailureCode } from '#domain/kernel/failure.ts'

export default {
  'malformed-request':
    'The server could not read what the app sent. Close the app and open it again; your work is still on this tablet.',
  'not-signed-in': 'Sign in again to receive from the server. What you saved keeps being sent.',
  'wrong-credentials': 'The username or the password is wrong. Check the spelling and try again.',
  'unknown-device': 'The server does not know this tablet. Sign in once more to register it.',
  'password-must-change': 'Choose a password of your own before you go on.',
  'not-permitted': 'Your role may not do this. Ask an administrator if it should.',
  'not-enrolled': 'This tablet is not enrolled. Ask an administrator for a code or QR code, and type the code here.',
  'not-admitted':
    'This tablet does not admit you. An administrator can add you to it, or use another one. If you have a new enrolment code, type it here.',
  'wrong-console-code': 'That is not the code of the server’s console, or it is older than a day.',
  'wrong-enrolment-code':
    'The enrolment code is wrong, was used, or is older than 24 hours. Check the spelling, or ask for another.',
  'wrong-set-up-code': 'The code is not the one on the server’s console.',
  'not-found': 'There is no such thing here, or you may not see it.',
  'already-set-up': 'This province is set up already. Sign in.',
  'not-set-up': 'This server has no province yet.',
  'name-taken': 'Somebody has this name already. Choose another.',
  'unknown-head': 'The server was restored from a backup. This tablet is sending again what it lacks.',
  'split-server':
    'This server and the one that this tablet has sent to were restored separately. The administrator must say which one goes on (npm run split). Until then your work stays on the tablet.',
  'too-large': 'This is too large to send at once.',
  'unsupported-protocol':
    'The server does not understand this version of the app. Reload it; your work stays on this tablet.',
  'password-too-weak':
    'This password is too easy to guess. Use at least 10 signs, no common word or number, and not your username.',
  'unreadable-bundle':
    'The server cannot open this sealed file: it may be of another province, or damaged. Ask for a new one from the tablet that made it.',
  'invalid-field': 'Something is filled in wrongly.',
  'too-many-attempts': 'Too many attempts. Wait a little and try again.',
  'server-fault': 'The server has a fault. Your work is on this tablet and will be sent again by itself.',
  'storage-full': 'The server’s storage is full. Tell an administrator; your work is on this tablet.',
  unavailable: 'The server cannot be reached right now. You can go on working.',
  'malformed-change': 'The server could not read this change.',
  'unknown-kind': 'This server does not know this kind of record yet. It will go up once the server is updated.',
  'invalid-value': 'This value is not valid. Correct it and save again.',
  'missing-field': 'A required answer is missing.',
  'kind-mismatch': 'This record’s number belongs to a record of another kind.',
  'unknown-author': 'The server does not know who wrote this, or they no longer work here.',
  'password-not-fresh': 'Sign in with your password once more first.',
  'not-signed-in-here': 'Its author must sign in on this tablet (again). Then this is taken by itself.',
  'cut-off': 'The tablet or the author was cut off. An administrator looks at this before it counts.',
  'in-doubt':
    'The server went back to an earlier state. Until an administrator has gone through who may act, only captures are taken; what waits goes on by itself.',
  'not-the-author': 'Somebody else wrote what this would mend or drop. They must do it themselves, on this tablet.',
  'needs-the-person': 'Its author must unlock with their password on this tablet, look at what it alters, and sign.',
  forged: 'The signature is not that of the person it names. It was not taken; tell an administrator.',
  'not-put-to-you': 'This question was put to somebody else.',
  'changed-meanwhile': 'Somebody has altered this in the meantime. Look at it as it is now, and save again.',
  'last-administrator': 'At least one administrator who can work must remain.',
  'role-may-not-write': 'The author’s role may not write this kind of record.',
  'place-not-yours': 'This place is not among the author’s places.',
  'place-not-of-this-tablet':
    'This tablet is not for this place. Once an administrator adds the place to it, this is taken by itself.',
  'forked-device':
    'Two tablets use the same device number. This one must be registered again; nothing was overwritten.',
  'waits-for-held': 'Waits until an earlier change of the same record is settled.',
  'key-stopped': 'This device could not work out your key, perhaps for lack of memory. Close other tabs and try again.',
  locked: 'Unlock with your password first. What you typed is still here; then save again.',
  'tablet-full':
    'This tablet is full. Delete photos or apps you do not need, then save again; what you typed is still here.',
  'tablet-storage': 'The tablet’s storage did not answer. What you typed is still here: save again.',
  'app-outdated': 'A newer version of the app is open in another tab. Reload this page; your draft is kept.',
} as const satisfies Record<FailureCode, string>
