import { useId } from "react";
import "./stamp.css";

/** A seal (印章) on the paper: the word of what is settled, signed or void. */
export function Stamp({ word, index = 0 }: { word: string; index?: number }) {
  const id = useId();
  const tilt = [-9, 5, -4, 8][index % 4];
  return (
    <span className="stamp" style={{ rotate: `${tilt}deg`, filter: `url(#${CSS.escape(id)})` }}>
      <svg width="0" height="0" aria-hidden="true">
        <filter id={id} x="-5%" y="-10%" width="110%" height="120%">
          <feTurbulence type="fractalNoise" baseFrequency="0.9" numOctaves="2" seed={index + 3} />
          <feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0 0 0 -2.6 2.05" />
          <feComposite in="SourceGraphic" operator="in" />
        </filter>
      </svg>
      {word}
    </span>
  );
}
