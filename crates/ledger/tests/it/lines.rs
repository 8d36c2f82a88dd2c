//! One line per event, ending in the expected code; codes appear in their declared order.

use crate::script::run;

#[test]
fn moves_are_refused_in_the_declared_order() {
    run("
        open maker fen source                                        = ok
        open a fen holds                                             = ok
        open world serials:BAT source                                = ok
        open shelf serials:BAT holds                                 = ok
        post 1                                                       = no-moves
        post 1 maker -> a 0 fen, maker -> a -1 fen                   = amount-zero
        post 1 maker -> a -1 fen, maker -> a 9007199254740992 fen    = amount-negative
        post 1 maker -> a 9007199254740992 fen, a -> a 1 fen         = amount-too-large
        post 1 maker -> a 9007199254740991 fen, maker -> a 1 fen     = amount-too-large
        post 1 a -> a 1 fen, world -> shelf #1 BAT, shelf -> world #1 BAT = same-account
        post 1 world -> shelf #1 BAT, shelf -> world #1 BAT          = serial-twice
        post 1 maker -> a 5 fen, a -> maker 5 fen                    = moves-cancel
        post 1 maker -> a 5 fen                                      = ok
    ");
}

#[test]
fn rows_are_refused_in_the_declared_order() {
    run("
        open a fen source                                       = ok
        open b fen holds                                        = ok
        open s serials:BAT source                               = ok
        open t serials:BAT holds                                = ok
        rows 1 a fen +0, b fen +9007199254740992                = amount-zero
        rows 1 a fen +9007199254740992, b fen X +1              = amount-too-large
        rows 1 a fen +1, b fen X -1                             = serial-shape
        rows 1 s serials:BAT -1, t serials:BAT +1               = serial-shape
        rows 1 s serials:BAT X -2, t serials:BAT X +2           = serial-shape
        rows 1 a fen +1, a fen +1, b fen -1                     = entry-twice
        rows 1 a fen -5, b fen +4                               = unbalanced
        // Each commodity by itself: money does not pay for a part.
        rows 1 a fen -1, t pieces:TUBE +1                       = unbalanced
        // Each serial by itself: one battery does not stand for another.
        rows 1 s serials:BAT X -1, t serials:BAT Y +1           = unbalanced
        rows 1 a serials:B X -1, b serials:B X +1, c serials:B X -1, d serials:B X +1 = serial-twice
        rows 1 b fen +5, a fen -5                               = ok
        balance b                                               = 5
    ");
}

#[test]
fn the_book_refuses_in_the_declared_order() {
    run("
        open maker fen source                             = ok
        open a fen holds                                  = ok
        open b fen quota 10                               = ok
        open old fen holds                                = ok
        open tubes pieces:TUBE holds                      = ok
        close old                                         = ok
        post 1 maker -> a 5 fen                           = ok
        post 1 maker -> a 5 fen                           = ignored
        post 1 maker -> nowhere 6 fen                     = id-taken
        post 2 nowhere -> old 5 fen                       = account-unknown
        post 2 old -> tubes 5 fen                         = account-closed
        post 2 a -> tubes 6 fen                           = wrong-commodity
        post 2 maker -> a 9007199254740990 fen            = balance-too-large
        post 2 a -> b 11 fen                              = below-zero
        post 2 maker -> b 11 fen                          = over-limit
        balance a                                         = 5
        balance maker                                     = -5
    ");
}

#[test]
fn reversals() {
    run("
        open maker fen source                  = ok
        open a fen holds                       = ok
        open b fen holds                       = ok
        post 1 maker -> a 5 fen                = ok
        undo 2 7 a fen -5, maker fen +5        = original-unknown
        undo 2 1 a fen -4, maker fen +4        = not-opposite
        undo 2 1 a fen +5, maker fen -5        = not-opposite
        post 3 a -> b 2 fen                    = ok
        // What was received is partly gone: it cannot be taken back.
        reverse 2 1                            = below-zero
        reverse 4 3                            = ok
        reverse 2 1                            = ok
        reverse 2 1                            = ignored
        reverse 5 1                            = already-reversed
        reverse 5 2                            = original-is-reversal
        balance a                              = 0
        balance maker                          = 0
    ");
}

#[test]
fn a_serial_has_one_holder() {
    run("
        open supplier/S1 serials:BAT source                = ok
        open supplier/S2 serials:BAT source                = ok
        open stock/main serials:BAT holds                  = ok
        open transit/SF100 serials:BAT holds               = ok
        open stock/st1 serials:BAT holds                   = ok
        open fitted serials:BAT holds                      = ok
        open counted pieces:BAT source                     = ok
        post 1 stock/main -> fitted #B1 BAT                = serial-unknown
        post 1 supplier/S1 -> stock/main #B1 BAT, supplier/S1 -> stock/main #B2 BAT = ok
        // A number may come in once, from whomever.
        post 2 supplier/S2 -> stock/main #B1 BAT           = serial-elsewhere
        post 2 supplier/S1 -> stock/main #B1 BAT           = serial-elsewhere
        // Unknown before elsewhere, in whichever order the rows stand.
        post 2 stock/st1 -> fitted #B1 BAT, stock/st1 -> fitted #B9 BAT = serial-unknown
        post 2 stock/main -> transit/SF100 #B1 BAT         = ok
        post 3 stock/main -> fitted #B1 BAT                = serial-elsewhere
        post 3 transit/SF100 -> stock/st1 #B1 BAT          = ok
        post 4 stock/st1 -> fitted #B1 BAT                 = ok
        holder BAT B1                                      = fitted
        holder BAT B2                                      = stock/main
        balance stock/main                                 = 1
        // Tracked pieces are not counted pieces.
        post 5 counted -> stock/main 1 BAT                 = wrong-commodity
        // Sent back, it stays known, with the one who has it.
        post 5 stock/main -> supplier/S1 #B2 BAT           = ok
        post 6 supplier/S2 -> stock/main #B2 BAT           = serial-elsewhere
        post 6 supplier/S1 -> stock/main #B2 BAT           = ok
    ");
}

#[test]
fn a_mistyped_serial_is_forgotten_by_reversal() {
    run("
        open s1 serials:BAT source              = ok
        open s2 serials:BAT source              = ok
        open shelf serials:BAT holds            = ok
        open van serials:BAT holds              = ok
        post 1 s1 -> shelf #B7 BAT              = ok
        post 2 shelf -> van #B7 BAT             = ok
        reverse 3 1                             = serial-elsewhere
        reverse 4 2                             = ok
        reverse 3 1                             = ok
        holder BAT B7                           = nobody
        post 5 s2 -> shelf #B7 BAT              = ok
        holder BAT B7                           = shelf
    ");
}

#[test]
fn accounts() {
    run("
        open a fen quota -1                  = limit-negative
        open a fen quota 10                  = ok
        open a fen quota 99                  = ignored
        open a pieces:TUBE holds             = account-differs
        open a fen source                    = ignored
        open maker fen source                = ok
        open s serials:BAT source            = ok
        open t serials:BAT source            = ok
        limit nowhere 5                      = account-unknown
        limit a -5                           = limit-negative
        limit a 10                           = ignored
        close nowhere                        = account-unknown
        post 1 maker -> a 9 fen              = ok
        close a                              = not-empty
        // A lowered quota takes nothing away, and lets the debt be paid down in parts.
        limit a 4                            = ok
        post 2 a -> maker 2 fen              = ok
        post 3 maker -> a 1 fen              = over-limit
        limit a none                         = ok
        post 3 maker -> a 1 fen              = ok
        post 4 a -> maker 8 fen              = ok
        close a                              = ok
        close a                              = ignored
        open a fen quota 10                  = account-closed
        limit a 10                           = account-closed
        // A source at zero that still holds a serial is not empty.
        post 5 s -> t #B1 BAT                = ok
        post 6 t -> s #B1 BAT                = ok
        close s                              = not-empty
        close t                              = ok
    ");
}

/// EB-3.2, EB-8.1: the float of a year and the loan of an agent, as the processes use them.
#[test]
fn a_year_of_float_and_loan() {
    run("
        open maker/allowance fen source                      = ok
        open station/S1/float/2026 fen holds                 = ok
        open station/S1/float/2027 fen holds                 = ok
        open station/S1/payable fen holds                    = ok
        open maker/lent fen source                           = ok
        open agent/A/loan fen quota 0                        = ok
        // A vehicle was delivered; the battery controller used three-guarantees parts.
        post 1 maker/allowance -> station/S1/float/2026 3000 fen   = ok
        post 2 station/S1/float/2026 -> maker/allowance 1200 fen   = ok
        // No quota was decided yet.
        post 3 maker/lent -> agent/A/loan 1 fen              = over-limit
        limit agent/A/loan 50000                             = ok
        post 3 maker/lent -> agent/A/loan 50000 fen          = ok
        post 4 maker/lent -> agent/A/loan 1 fen              = over-limit
        // Year end: the rest is set off against goods; the year is closed and stays so.
        close station/S1/float/2026                          = not-empty
        post 5 station/S1/float/2026 -> maker/allowance 1800 fen   = ok
        close station/S1/float/2026                          = ok
        post 6 station/S1/float/2026 -> station/S1/float/2027 1 fen = account-closed
        balance station/S1/float/2027                        = 0
    ");
}
