import { encode } from 'uqr'
import './qr-code.css'

/** A text as a QR code, dark on light in every theme: cameras read no other. */
export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])))
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} class="qr-code__ground" />
      <path d={dark.join('')} class="qr-code__dots" />
    </svg>
  )
}
