/** By language: what may be taken to say how fast somebody is. */
export const ofSpeed: Readonly<Record<string, RegExp>> = {
  english:
    /\bfast|\bslow|\bquick|\bspeed|times as (much|many)|\btimes what\b|productiv|\bsav(e[sd]?|ing)\b|\bgain|boost|accelerat|\btimes\b|\bratio\b|×/i,
  chinese: /快|慢|加速|提速|速度|效率|节省|省时|提升|倍/,
};
