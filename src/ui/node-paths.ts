/** Home, temple and school on a 32 grid, standing on one ground line. Ours: see the mark in public/. */
export type NodeKind = 'home' | 'temple' | 'school' | 'joint'

export interface NodePath {
  /** What is drawn with a round stroke: crossed kalae, the tiers of a roof, a flag pole. */
  readonly stroke: string
  readonly width: number
  readonly fill: string
}

export const nodePaths: Readonly<Record<'home' | 'temple' | 'school', NodePath>> = {
  home: {
    stroke: 'M11.2 3.2 29.6 18.4M20.8 3.2 2.4 18.4',
    width: 2.9,
    fill: 'M16 10.6 26.5 19.2V28a1 1 0 0 1-1 1H6.5a1 1 0 0 1-1-1V19.2ZM13 20.5V29h6v-8.5a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1Z',
  },
  temple: {
    stroke:
      'M16 1.9V6.2C15 10.6 11 14.5 5 16.5M16 6.2C17 10.6 21 14.5 27 16.5M7.4 19.4C6 21 4.3 22.1 1.9 22.9M24.6 19.4C26 21 27.7 22.1 30.1 22.9',
    width: 2.8,
    fill: 'M16 11.2C17.8 14.6 20.4 17.2 24 19V28a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V19C11.6 17.2 14.2 14.6 16 11.2ZM13 29h6v-5.2c0-1.7-1.2-2.9-3-4.3-1.8 1.4-3 2.6-3 4.3Z',
  },
  school: {
    stroke: 'M16 12V2.5',
    width: 2.4,
    fill: 'M17.2 1.8 25 2.6c.7.1.9.9.4 1.3L23.8 5.2l1.6 1.4c.5.5.2 1.3-.5 1.3H17.2ZM15.3 10.4a1.5 1.5 0 0 1 1.4 0L22 13.5h6.5a1.5 1.5 0 0 1 1.5 1.5v13a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V15a1.5 1.5 0 0 1 1.5-1.5H10ZM5.5 17.3v4h3.8v-4Zm17.2 0v4h3.8v-4ZM13 21.5V29h6v-7.5a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1Z',
  },
}

/** Three silhouettes for sizes under 24 px, on a grid of 60 by 22. */
export const smallMark =
  'M10 2.5 19.5 10.2V17.5H.5V10.2ZM29.8 0C30.8 5 34.3 9 39.8 11L37.3 12.5V17.5H22.3V12.5L20.6 11C25.3 9 28.8 5 29.8 0ZM51 0 56.5 1.8 52.4 4V7H59.5V17.5H41.5V7H50.6V.2ZM1.6 19.6H58.4a1.1 1.1 0 0 1 0 2.2H1.6a1.1 1.1 0 0 1 0-2.2Z'
