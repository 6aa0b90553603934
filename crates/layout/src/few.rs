//! Short lists that need no memory of their own.
//!
//! A page has thousands of lists of a few lines or blocks. To ask for memory for each would cost more than
//! all that is done with them.

use std::ops::{Deref, DerefMut};

/// A list whose first `N` members are kept in place; a longer one is moved out.
#[derive(Clone, Debug)]
pub(crate) struct Few<T, const N: usize> {
    here: [T; N],
    /// Members in `here`; no longer of interest once the list has moved.
    count: usize,
    /// All members of a long list.
    moved: Vec<T>,
}

impl<T: Copy + Default, const N: usize> Few<T, N> {
    /// Adds a member at the end.
    #[inline]
    pub(crate) fn push(&mut self, member: T) {
        if self.moved.is_empty() {
            if self.count < N {
                self.here[self.count] = member;
                self.count += 1;
                return;
            }
            self.moved.reserve(4 * N);
            self.moved.extend_from_slice(&self.here);
        }
        self.moved.push(member);
    }

    /// Puts members before all others.
    pub(crate) fn prepend(&mut self, members: &[T]) {
        *self = members.iter().chain(self.iter()).copied().collect();
    }
}

impl<T: Default + Copy, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Few { here: [T::default(); N], count: 0, moved: Vec::new() }
    }
}

impl<T, const N: usize> Deref for Few<T, N> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        if self.moved.is_empty() { &self.here[..self.count] } else { &self.moved }
    }
}

impl<T, const N: usize> DerefMut for Few<T, N> {
    fn deref_mut(&mut self) -> &mut [T] {
        if self.moved.is_empty() { &mut self.here[..self.count] } else { &mut self.moved }
    }
}

impl<T: Copy + Default, const N: usize> Extend<T> for Few<T, N> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        members.into_iter().for_each(|member| self.push(member));
    }
}

impl<T: Copy + Default, const N: usize> FromIterator<T> for Few<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut few = Few::default();
        few.extend(members);
        few
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_lists_are_lists() {
        let mut few: Few<u32, 3> = (1..=3).collect();
        assert_eq!(*few, [1, 2, 3]);
        few.extend(4..=9);
        assert_eq!(*few, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        few.prepend(&[0]);
        assert_eq!(few.len(), 10);
        assert!(Few::<u32, 3>::default().is_empty());
    }
}
