/** What the tests use from Debian: real browsers and a real PostgreSQL. `provides`: any of these files means that it is there. */
export const systemPackages: readonly { name: string; provides: readonly string[] }[] = [
  { name: 'chromium', provides: ['/usr/bin/chromium'] },
  { name: 'firefox-esr', provides: ['/usr/bin/firefox-esr'] },
  { name: 'webkit2gtk-driver', provides: ['/usr/bin/WebKitWebDriver'] },
  { name: 'xvfb', provides: ['/usr/bin/Xvfb'] },
  { name: 'xauth', provides: ['/usr/bin/xauth'] },
  { name: 'postgresql-15', provides: ['/usr/lib/postgresql/15/bin/postgres'] },
  { name: 'age', provides: ['/usr/bin/age'] },
  { name: 'unzip', provides: ['/usr/bin/unzip'] },
  { name: 'strace', provides: ['/usr/bin/strace'] },
]
