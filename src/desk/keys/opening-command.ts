/** Opens every envelope of a folder with the key on paper, and cuts the filler that hides how long a text is (`domain/complaint/padding.ts`). */
export const openingCommand = `for f in *.age; do age -d -i key.txt "$f" | LC_ALL=C sed 's/\\x80\\x00*$//' > "\${f%.age}.txt"; done`
