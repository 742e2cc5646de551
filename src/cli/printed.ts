/** Whoever reads may be slower than the disk; one that went away ends the program (main.ts). */
export async function printed(text: string): Promise<void> {
  if (text === '') return;
  await new Promise<void>((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())));
}
