//! Numbers to digits, the same as serde_json writes.

use crate::pen::{BLOCK, Pen};

/// The digits of 0 to 99.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut n = 0;
    while n < 100 {
        pairs[n] = [b'0' + (n / 10) as u8, b'0' + (n % 10) as u8];
        n += 1;
    }
    pairs
};

/// Bytes that a number takes at most.
pub(crate) const LONGEST: usize = BLOCK;

/// Puts a whole number.
#[inline]
pub(crate) fn put_integer(number: i64, pen: &mut Pen<'_>) {
    if number < 0 {
        pen.put_byte(b'-');
    }
    put_digits(number.unsigned_abs(), pen);
}

#[inline]
fn put_digits(mut number: u64, pen: &mut Pen<'_>) {
    if number < 10 {
        return pen.put_byte(b'0' + number as u8);
    }
    let length = number.ilog10() as usize + 1;
    let (mut digits, mut at) = ([0; BLOCK], length);
    while number >= 100 {
        at -= 2;
        digits[at..at + 2].copy_from_slice(&PAIRS[(number % 100) as usize]);
        number /= 100;
    }
    match at {
        2 => digits[..2].copy_from_slice(&PAIRS[number as usize]),
        _ => digits[0] = b'0' + number as u8,
    }
    pen.put_block(&digits, length);
}

/// Puts a floating-point number: the fewest digits that mean it and no other.
#[inline]
pub(crate) fn put_float(number: f64, pen: &mut Pen<'_>) {
    match ten_thousandths(number) {
        Some(parts) => {
            put_digits(parts / 10_000, pen);
            let decimals = (parts % 10_000) as usize;
            let ([a, b], [c, d]) = (PAIRS[decimals / 100], PAIRS[decimals % 100]);
            let mut block = [0; BLOCK];
            block[..5].copy_from_slice(&[b'.', a, b, c, d]);
            let length = match [b, c, d] {
                [b'0', b'0', b'0'] => 2,
                [_, b'0', b'0'] => 3,
                [_, _, b'0'] => 4,
                _ => 5,
            };
            pen.put_block(&block, length);
        }
        None => {
            let mut block = [0; BLOCK];
            let mut rest = &mut block[..];
            serde_json::to_writer(&mut rest, &number).expect("no number is as long as a block");
            let length = BLOCK - rest.len();
            pen.put_block(&block, length);
        }
    }
}

/// The number in ten-thousandths, if it is the one nearest to so many of them, as rounded rates
/// are. No two decimal numbers of up to 15 digits mean the same number, so there is no shorter one.
#[inline]
fn ten_thousandths(number: f64) -> Option<u64> {
    let parts = (number * 10_000.0 + 0.5) as u64;
    let fits = parts < 1_000_000_000_000_000 && number.is_sign_positive() && parts as f64 / 10_000.0 == number;
    fits.then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pen::Sheet;

    fn digits(put: impl FnOnce(&mut Pen<'_>)) -> String {
        let mut sheet = Sheet::default();
        let mut pen = sheet.pen(LONGEST);
        put(&mut pen);
        drop(pen);
        String::from_utf8(sheet.written().to_vec()).expect("digits are ASCII")
    }

    #[test]
    fn numbers_have_the_digits_of_serde_json() {
        for number in [0, 7, 10, 99, 100, 101, 999, 1000, 65_536, -1, -100, i64::MAX, i64::MIN] {
            assert_eq!(digits(|pen| put_integer(number, pen)), number.to_string());
        }
        let agrees =
            |x: f64| assert_eq!(digits(|pen| put_float(x, pen)), serde_json::to_string(&x).unwrap_or_default());
        for i in 0..200_000 {
            agrees(f64::from(i) / 10_000.0);
            agrees(f64::from(i) * 1234.567);
            agrees((f64::from(i) * 98_765.432_1).round() / 10_000.0);
            agrees(f64::from(i).sqrt());
        }
        for x in [
            -0.0,
            -1.5,
            1e-5,
            0.00012,
            1e15,
            1e16,
            99_999_999_999.999_9,
            123_456_789_012.5,
            f64::MAX,
            f64::MIN,
            -1.234_567_890_123_456_7e-300,
            5e-324,
        ] {
            agrees(x);
        }
    }
}
