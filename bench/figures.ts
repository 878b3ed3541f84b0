export interface Figure {
  /** What it is, and what it stands beside. */
  readonly title: string
  readonly against: string
  /** What it must reach, and what would be better than enough. */
  readonly bar: number
  readonly stretch: number
  readonly better: 'higher' | 'lower'
  /** Of the value; absent: it is a ratio. */
  readonly unit?: 'MB' | 'ms'
  /** Takes too long for a quick run. */
  readonly slow?: true
}

const FIGURES = {
  engineVsLibrary: {
    title: 'Signing engine, one thread',
    against: '÷ issue() of @digitalbazaar/vc',
    bar: 20,
    stretch: 50,
    better: 'higher',
  },
  engineVsRawEd25519: {
    title: 'Signing engine, one thread',
    against: '÷ bare Ed25519 signatures',
    bar: 0.25,
    stretch: 0.5,
    better: 'higher',
  },
  batchPostgresVsLibrary: {
    title: 'Attendance list over HTTP, PostgreSQL',
    against: '÷ issue() of @digitalbazaar/vc',
    bar: 10,
    stretch: 20,
    better: 'higher',
  },
  batchEmbeddedVsLibrary: {
    title: 'Attendance list over HTTP, embedded database',
    against: '÷ issue() of @digitalbazaar/vc',
    bar: 5,
    stretch: 12,
    better: 'higher',
  },
  awardVsBareRoute: {
    title: 'Single awards over HTTP, PostgreSQL',
    against: '÷ bare route that calls issue()',
    bar: 5,
    stretch: 10,
    better: 'higher',
  },
  readVsBareRoute: {
    title: 'GET /credentials/{id}, many different ones',
    against: '÷ bare route, one from memory',
    bar: 0.5,
    stretch: 0.85,
    better: 'higher',
  },
  batchPeakMemoryMB: {
    title: 'Memory while a long list is issued',
    against: 'peak over idle',
    bar: 250,
    stretch: 120,
    better: 'lower',
    unit: 'MB',
  },
  growthAtMillion: {
    title: 'Time per credential, 1,000,000 stored',
    against: '÷ with 1,000 stored',
    bar: 1.3,
    stretch: 1.05,
    better: 'lower',
    slow: true,
  },
  readP99DuringBatch: {
    title: 'p99 of GET /credentials/{id} during a batch',
    against: '÷ at rest',
    bar: 5,
    stretch: 2,
    better: 'lower',
  },
  collectExchangeVsAward: {
    title: '500 wallets collect at once by an exchange, PostgreSQL',
    against: '÷ as many single awards at once',
    bar: 3,
    stretch: 1.5,
    better: 'lower',
  },
  collectOpenidVsAward: {
    title: '500 wallets collect at once by OpenID (4 requests each)',
    against: '÷ as many single awards at once',
    bar: 3,
    stretch: 1.5,
    better: 'lower',
  },
  collectP99Ms: {
    title: 'p99 of 500 wallets that collect at once by OpenID',
    against: 'beside it: their time shared among them',
    bar: 5000,
    stretch: 2000,
    better: 'lower',
    unit: 'ms',
  },
  requestListMs: {
    title: 'p95 of a list of requests, 1,000,000 stored',
    against: 'beside it: with 10,000 stored',
    bar: 20,
    stretch: 10,
    better: 'lower',
    unit: 'ms',
    slow: true,
  },
  requestListGrowth: {
    title: 'p95 of a list of requests, 1,000,000 stored',
    against: '÷ with 10,000 stored',
    bar: 2,
    stretch: 1.2,
    better: 'lower',
    slow: true,
  },
} as const satisfies Record<string, Figure>

export type FigureKey = keyof typeof FIGURES

export const FIGURE_KEYS = Object.keys(FIGURES) as FigureKey[]

export function figureOf(key: FigureKey): Figure {
  return FIGURES[key]
}

/** How often the figure is as good as its bar asks: 1 just meets it. */
export function scoreOf(key: FigureKey, value: number): number {
  const { bar, better } = figureOf(key)
  return better === 'higher' ? value / bar : bar / Math.max(value, Number.EPSILON)
}

export type Grade = 'stretch' | 'met' | 'missed'

export function gradeOf(key: FigureKey, value: number): Grade {
  const { bar, stretch, better } = figureOf(key)
  const reaches = (goal: number) => (better === 'higher' ? value >= goal : value <= goal)
  if (reaches(stretch)) return 'stretch'
  return reaches(bar) ? 'met' : 'missed'
}
