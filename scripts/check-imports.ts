// Checks every import against scripts/import-order.ts, and that CONTRIBUTING.md shows that table. `--write` renews the table there.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { layerOf, layers } from './import-order.ts'

const aliases: Record<string, string> = {
  '#domain/': 'domain/',
  '#src/': 'src/',
  '#server/': 'sync-server/',
  '#test/': 'test/',
}

const target = (from: string, specifier: string): string | null => {
  for (const [alias, folder] of Object.entries(aliases)) {
    if (specifier.startsWith(alias)) return folder + specifier.slice(alias.length)
  }
  return specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : null
}

const within = (file: string, folder: string) => file.startsWith(`${folder}/`) || file.replace(/\.tsx?$/, '') === folder

const faultOf = (file: string, specifier: string): string | null => {
  const layer = layerOf(file)
  if (!layer) return null
  const to = target(file, specifier)
  if (to === null) {
    const free =
      !layer.packages || layer.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`))
    return free ? null : `${layer.folder} may use only ${layer.packages.join(', ')}`
  }
  if (within(to, layer.folder) || layer.mayImport.some((folder) => within(to, folder))) return null
  return `${layer.folder} may import: ${layer.mayImport.join(', ') || 'nothing of ours'}`
}

/** `import … from '…'`, `export … from '…'`, `import '…'`, and `import('…')`. */
const imports = /^(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*'([^']+)'|\bimport\('([^']+)'\)/gm

const files = globSync('{domain,src,sync-server,bench}/**/*.{ts,tsx}').filter((file) => !/\.test\.tsx?$/.test(file))
const faults = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(imports)].flatMap(([, statement, call]) => {
    const specifier = statement ?? call
    const fault = faultOf(file, specifier!)
    return fault ? [`${file}: '${specifier}': ${fault}`] : []
  }),
)

const table = [
  '| folder | may import | what it is |',
  '|---|---|---|',
  ...layers.map(
    ({ folder, mayImport, why }) =>
      `| \`${folder}\` | ${mayImport.map((one) => `\`${one}\``).join(' ') || '–'} | ${why} |`,
  ),
].join('\n')
const block = /(<!-- import-order -->\n)[\s\S]*?(\n<!-- \/import-order -->)/
const guide = existsSync('CONTRIBUTING.md') ? readFileSync('CONTRIBUTING.md', 'utf8') : ''
const renewed = guide.replace(block, (_, open, close) => open + table + close)
if (process.argv.includes('--write')) writeFileSync('CONTRIBUTING.md', renewed)
else if (renewed !== guide || !block.test(guide))
  faults.push('CONTRIBUTING.md shows another import order: npm run check:imports -- --write')

for (const fault of faults) console.error(fault)
console.log(`${files.length} files, ${faults.length} imports out of order`)
process.exit(faults.length === 0 ? 0 : 1)
