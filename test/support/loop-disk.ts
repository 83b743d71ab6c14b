import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/** A disk of its own: a file that is mounted as a device. What lies in the file is what has reached the device, and nothing else. */
export interface LoopDisk {
  /** Where it is mounted. */
  readonly folder: string
  /**
   * The device as it is at one moment, as another disk, mounted afresh: what only lies in the page cache of this one is not on it. No write
   * to the device begins or ends while it is copied, or it is copied again.
   */
  copy(): LoopDisk
  /** Everything reaches the device, as it does by itself after a while. */
  settle(): void
  /** Unmounts and deletes it. */
  forget(): void
}

const run = (program: string, ...words: readonly string[]) =>
  execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

/** Why no disk can be mounted here, in a few words; null where it can. */
export const whyNoDisk = (): string | null => {
  if (process.getuid?.() !== 0) return 'only root mounts disks'
  if (!existsSync('/dev/loop-control')) return 'there are no loop devices'
  try {
    makeDisk(8).forget()
    return null
  } catch (error) {
    return (error as Error).message.split('\n')[0]!
  }
}

/** An empty ext4 of so many megabytes. Its own journal is committed when somebody asks for a flush, and hardly ever by the clock. */
export const makeDisk = (megabytes: number): LoopDisk => {
  const place = newPlace()
  const image = join(place, 'image')
  const file = openSync(image, 'w')
  ftruncateSync(file, megabytes * 1_048_576)
  closeSync(file)
  run('mkfs.ext4', '-q', '-F', '-m', '0', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image)
  return mounted(place, image)
}

/** Whoever owns a folder on the disk, PostgreSQL for instance, must be able to go there. */
const newPlace = () => {
  const place = mkdtempSync(join(tmpdir(), 'bowon-disk-'))
  chmodSync(place, 0o711)
  return place
}

const mounted = (place: string, image: string): LoopDisk => {
  const folder = join(place, 'disk')
  mkdirSync(folder)
  const device = run('losetup', '--find', '--show', image)
  try {
    run('mount', '-t', 'ext4', '-o', 'noatime,commit=300', device, folder)
  } catch (error) {
    run('losetup', '--detach', device)
    throw error
  }
  return {
    folder,
    copy() {
      const next = newPlace()
      const to = join(next, 'image')
      for (let tries = 0; tries < 200; tries++) {
        const before = writesOf(device)
        copyFileSync(image, to)
        const after = writesOf(device)
        if (before.underWay === 0 && after.underWay === 0 && before.done === after.done) return mounted(next, to)
      }
      throw new Error('the disk never stood still')
    },
    settle: () => void run('sync', '--file-system', folder),
    forget() {
      unmount(folder)
      run('losetup', '--detach', device)
      rmSync(place, { recursive: true })
    },
  }
}

/** Helpers of a killed browser hold its files for a moment longer. */
const unmount = (folder: string) => {
  const until = Date.now() + 20_000
  for (;;) {
    try {
      return void run('umount', folder)
    } catch (error) {
      if (Date.now() > until) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
    }
  }
}

/** Writes that the device has finished, and requests that it has not (Documentation/block/stat of the kernel: fields 5 and 9). */
const writesOf = (device: string) => {
  const fields = readFileSync(`/sys/block/${basename(device)}/stat`, 'utf8')
    .trim()
    .split(/\s+/)
    .map(Number)
  return { done: fields[4]!, underWay: fields[8]! }
}
