// A guard's sign: a winged shield in silver, gold or violet.
import { useId } from 'react'
import type { GuardTerm } from '../../server/contract/guard.ts'

const looks: Readonly<Record<GuardTerm, readonly [light: string, deep: string, wing: string]>> = {
  week: ['#eef3f9', '#8393a8', '#c3cedc'],
  month: ['#ffe7a3', '#c98a16', '#f5c451'],
  year: ['#e6d4ff', '#7038d6', '#b48cff'],
}

export function GuardEmblem({ term, size = 64 }: { readonly term: GuardTerm; readonly size?: number }) {
  const id = useId()
  const [light, deep, wing] = looks[term]
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" fill="none" aria-hidden="true">
      <defs>
        <linearGradient id={id} x1="16" y1="8" x2="48" y2="58" gradientUnits="userSpaceOnUse">
          <stop stopColor={light} />
          <stop offset="1" stopColor={deep} />
        </linearGradient>
      </defs>
      <path d="M20 27C12 26 6 21 3 14c8 1 15 3 19 8M20 36C13 36 8 33 5 27c6 1 11 2 15 5M22 44c-5 0-10-2-13-7 5 1 9 1 12 2" fill={wing} fillOpacity=".85" />
      <path d="M44 27c8-1 14-6 17-13-8 1-15 3-19 8M44 36c7 0 12-3 15-9-6 1-11 2-15 5M42 44c5 0 10-2 13-7-5 1-9 1-12 2" fill={wing} fillOpacity=".85" />
      <path d="M32 9l15 6v15c0 12-7 20-15 25-8-5-15-13-15-25V15l15-6z" fill={`url(#${id})`} stroke={light} strokeWidth="1.5" strokeLinejoin="round" />
      <path d="M32 13v37c-6-4-11.500-11-11.500-20V17.500L32 13z" fill="#fff" fillOpacity=".16" />
      {term === 'week' ? (
        <path d="M32 23l2.500 5.500 6 .7-4.500 4 1.300 5.900L32 36l-5.300 3.100 1.300-5.900-4.500-4 6-.7L32 23z" fill="#fff" fillOpacity=".92" />
      ) : term === 'month' ? (
        <path d="M36.500 21.500a10 10 0 100 19 8.500 8.500 0 010-19z" fill="#fff" fillOpacity=".95" />
      ) : (
        <path d="M22.500 38l-1.500-13 6 5 5-8 5 8 6-5-1.500 13h-19z" fill="#fff" fillOpacity=".96" />
      )}
    </svg>
  )
}
