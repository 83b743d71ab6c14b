import { readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string }

/** Express does not compress static files, and the CPU of a small server is for sync: they are compressed once, here. */
const precompress = (): Plugin => {
  let folder = 'dist'
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        for (const name of await readdir(folder, { recursive: true })) {
          if (!/\.(js|css|html|svg|json|webmanifest)$/.test(name)) continue
          const bytes = readFileSync(join(folder, name))
          const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
          writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
          writeFileSync(join(folder, `${name}.br`), brotli)
        }
      },
    },
  }
}

interface Modules {
  getModuleInfo(id: string): { readonly importers: readonly string[]; readonly isEntry: boolean } | null
}

/**
 * Whether the first screen needs a module: all of those make one file. Left alone, what a later screen shares would be cut off into a
 * dozen small files, which compress worse and are asked for one by one. The page that stands when one has left is none of it: its
 * styles are for the bare elements.
 */
const isShell = (id: string, modules: Modules, seen = new Set<string>()): boolean => {
  if (seen.has(id)) return false
  seen.add(id)
  const info = modules.getModuleInfo(id)
  if (info === null) return false
  return info.isEntry ? !id.endsWith('/away.html') : info.importers.some((importer) => isShell(importer, modules, seen))
}

export default defineConfig({
  define: { __VERSION__: JSON.stringify(version), __BUILT_AT__: JSON.stringify(Date.now()) },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // whoever has the app has all of it in the cache: names of what to load ahead only make the first screen larger
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, found, { hostType }) => (hostType === 'html' ? found : []),
    },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ['index.html', 'away.html'],
      output: {
        codeSplitting: { groups: [{ name: (id, modules) => (isShell(id, modules) ? 'shell' : null) }] },
      },
    },
  },
  worker: { format: 'es' },
  server: { port: 5173, proxy: { '/api': 'http://localhost:8080' } },
  plugins: [
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service-worker.ts',
      registerType: 'prompt',
      injectRegister: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,woff2,png,webmanifest}'],
        maximumFileSizeToCacheInBytes: 4_000_000,
      },
      manifest: {
        id: '/',
        name: 'บวร Bowon',
        short_name: 'บวร',
        description: 'บันทึกงานสิทธิมนุษยชนระดับจังหวัด ทำงานได้แม้ไม่มีสัญญาณ',
        lang: 'th',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#FAF8F3',
        theme_color: '#0B5A61',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
    precompress(),
  ],
})
