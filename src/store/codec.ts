/** The one way in which values become the bytes that lie on this tablet. Asynchronous, because sealing them is. */
export interface Codec {
  encode(value: unknown): Promise<Uint8Array>
  decode<T>(bytes: Uint8Array): Promise<T>
}

const toBytes = new TextEncoder()
const toText = new TextDecoder()

export const jsonCodec: Codec = {
  encode: async (value) => toBytes.encode(JSON.stringify(value)),
  decode: async <T>(bytes: Uint8Array) => JSON.parse(toText.decode(bytes)) as T,
}
