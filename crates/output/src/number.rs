//! Numbers to digits, the same as serde_json writes.

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

/// Appends a whole number.
pub(crate) fn push_integer(number: i64, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    push_digits(number.unsigned_abs(), out);
}

fn push_digits(mut number: u64, out: &mut Vec<u8>) {
    if number < 10 {
        return out.push(b'0' + number as u8);
    }
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while number >= 10 {
        at -= 2;
        digits[at..at + 2].copy_from_slice(&PAIRS[(number % 100) as usize]);
        number /= 100;
    }
    if number > 0 {
        at -= 1;
        digits[at] = b'0' + number as u8;
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends a floating-point number: the fewest digits that mean it and no other.
pub(crate) fn push_float(number: f64, out: &mut Vec<u8>) {
    match ten_thousandths(number) {
        Some(parts) => {
            push_digits(parts / 10_000, out);
            let decimals = (parts % 10_000) as usize;
            let ([a, b], [c, d]) = (PAIRS[decimals / 100], PAIRS[decimals % 100]);
            out.extend_from_slice(&[b'.', a, b, c, d]);
            let zeros = match [b, c, d] {
                [.., last] if last != b'0' => 0,
                [_, last, _] if last != b'0' => 1,
                [last, ..] if last != b'0' => 2,
                _ => 3,
            };
            out.truncate(out.len() - zeros);
        }
        None => serde_json::to_writer(out, &number).expect("memory takes every number"),
    }
}

/// The number in ten-thousandths, if it is the one nearest to so many of them, as rounded rates
/// are. No two decimal numbers of up to 15 digits mean the same number, so there is no shorter one.
fn ten_thousandths(number: f64) -> Option<u64> {
    let parts = (number * 10_000.0 + 0.5) as u64;
    let fits = parts < 1_000_000_000_000_000 && number.is_sign_positive() && parts as f64 / 10_000.0 == number;
    fits.then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(push: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        push(&mut out);
        String::from_utf8(out).expect("digits are ASCII")
    }

    #[test]
    fn numbers_have_the_digits_of_serde_json() {
        for number in [0, 7, 10, 65_536, -1, i64::MAX, i64::MIN] {
            assert_eq!(digits(|out| push_integer(number, out)), number.to_string());
        }
        let agrees =
            |x: f64| assert_eq!(digits(|out| push_float(x, out)), serde_json::to_string(&x).unwrap_or_default());
        for i in 0..200_000 {
            agrees(f64::from(i) / 10_000.0);
            agrees(f64::from(i) * 1234.567);
            agrees((f64::from(i) * 98_765.432_1).round() / 10_000.0);
            agrees(f64::from(i).sqrt());
        }
        for x in [-0.0, -1.5, 1e-5, 0.00012, 1e15, 1e16, 99_999_999_999.999_9, 123_456_789_012.5, f64::MAX, 5e-324] {
            agrees(x);
        }
    }
}
