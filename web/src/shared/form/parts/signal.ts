let audio: AudioContext | null = null;

/** A short high tone for a scan that counted, a low one and a buzz for one that did not. */
export function signal(ok: boolean): void {
  if (!ok) navigator.vibrate?.(120);
  try {
    audio ??= new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = ok ? 1180 : 220;
    volume.gain.value = 0.06;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + (ok ? 0.07 : 0.22));
  } catch {
    // A page that may not sound says it in words all the same.
  }
}
