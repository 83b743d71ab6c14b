/** One line of the picture: what was asked, and the milliseconds it took at each size of the log. */
export interface GrowthLine {
  readonly title: string
  readonly points: readonly { readonly size: number; readonly ms: number }[]
}

const [width, height, left, right, top, bottom] = [760, 360, 50, 250, 20, 40] as const
const colours = ['#3b5bdb', '#0b7285', '#862e9c', '#a61e4d', '#d9480f', '#2b8a3e']

/** An SVG: sizes across on a logarithmic scale, each line as a ratio to its own smallest log, with the aim of 1.5 dashed. */
export const growthChart = (lines: readonly GrowthLine[]): string => {
  const sizes = lines[0]!.points.map(({ size }) => size)
  const ratios = lines.map(({ points }) => points.map(({ ms }) => ms / points[0]!.ms))
  const most = Math.max(2, ...ratios.flat()) * 1.05
  const least = Math.log10(sizes[0]!)
  const x = (size: number) =>
    left + ((Math.log10(size) - least) / (Math.log10(sizes.at(-1)!) - least)) * (width - left - right)
  const y = (ratio: number) => height - bottom - (ratio / most) * (height - top - bottom)
  const text = (at: readonly [number, number], words: string, more = '') =>
    `<text x="${at[0].toFixed(0)}" y="${at[1].toFixed(0)}" ${more}>${words}</text>`
  const rule = (ratio: number, more: string) =>
    `<line x1="${left}" x2="${width - right}" y1="${y(ratio).toFixed(1)}" y2="${y(ratio).toFixed(1)}" ${more}/>`
  const curves = lines.flatMap(({ title, points }, i) => [
    `<polyline fill="none" stroke="${colours[i % colours.length]}" stroke-width="2" points="${points
      .map(({ size }, k) => `${x(size).toFixed(1)},${y(ratios[i]![k]!).toFixed(1)}`)
      .join(' ')}"/>`,
    text([width - right + 12, top + 14 + i * 20], title, `fill="${colours[i % colours.length]}"`),
  ])
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    '<title>Time for each record at three sizes of the log</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    rule(0, 'stroke="#868e96"'),
    rule(1, 'stroke="#ced4da"'),
    rule(1.5, 'stroke="#868e96" stroke-dasharray="4 4"'),
    ...[0, 1, 1.5].map((ratio) => text([left - 8, y(ratio) + 4], `${ratio}×`, 'text-anchor="end"')),
    ...sizes.map((size) => text([x(size), height - bottom + 18], size.toLocaleString('en'), 'text-anchor="middle"')),
    text([left, height - 6], 'records in the log; time of each as a ratio to the smallest log'),
    ...curves,
    '</svg>',
    '',
  ].join('\n')
}
