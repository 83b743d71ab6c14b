const thai = 'มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม'
const thaiShort = 'ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.'
const english = 'january february march april may june july august september october november december'
const englishShort = 'jan feb mar apr may jun jul aug sep oct nov dec'

const plain = (name: string) => name.toLowerCase().replace(/[.\s]/g, '')

const monthByName = new Map(
  [thai, thaiShort, english, englishShort].flatMap((year) =>
    year.split(' ').map((name, index) => [plain(name), index + 1] as const),
  ),
)
// British English abbreviates September to four letters, and so does Intl.
monthByName.set('sept', 9)

/** 1–12 for a Thai or English month name, full or short, with or without its points; otherwise undefined. */
export function monthNamed(name: string): number | undefined {
  return monthByName.get(plain(name))
}
