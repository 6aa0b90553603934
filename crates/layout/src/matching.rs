//! The best one-to-one matching of headline units and items.
//!
//! The Hungarian method on each connected part of the graph of plausible pairs; parts too large for
//! it are matched greedily, best pair first.

/// Largest side of a part that is solved exactly.
const EXACT: usize = 160;

/// For each left node its right node: the matching of greatest total weight among `edges` (left,
/// right, weight > 0).
pub(crate) fn best(left: usize, right: usize, edges: &[(usize, usize, f32)]) -> Vec<Option<usize>> {
    let mut out = vec![None; left];
    for part in parts(left, right, edges) {
        if let [(l, r, _)] = part[..] {
            out[l] = Some(r);
            continue;
        }
        let mut ls: Vec<usize> = part.iter().map(|e| e.0).collect();
        let mut rs: Vec<usize> = part.iter().map(|e| e.1).collect();
        for side in [&mut ls, &mut rs] {
            side.sort_unstable();
            side.dedup();
        }
        if ls.len().max(rs.len()) <= EXACT {
            exact(&ls, &rs, &part, &mut out);
        } else {
            greedy(right, part, &mut out);
        }
    }
    out
}

/// Edges by connected part.
fn parts(left: usize, right: usize, edges: &[(usize, usize, f32)]) -> Vec<Vec<(usize, usize, f32)>> {
    let mut root: Vec<usize> = (0..left + right).collect();
    fn find(root: &mut [usize], mut x: usize) -> usize {
        while root[x] != x {
            root[x] = root[root[x]];
            x = root[x];
        }
        x
    }
    for &(l, r, _) in edges {
        let (a, b) = (find(&mut root, l), find(&mut root, left + r));
        root[a] = b;
    }
    let mut number = vec![usize::MAX; left + right];
    let mut out: Vec<Vec<(usize, usize, f32)>> = Vec::new();
    for &edge in edges {
        let r = find(&mut root, edge.0);
        if number[r] == usize::MAX {
            number[r] = out.len();
            out.push(Vec::new());
        }
        out[number[r]].push(edge);
    }
    out
}

fn greedy(right: usize, mut part: Vec<(usize, usize, f32)>, out: &mut [Option<usize>]) {
    part.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut taken = vec![false; right];
    for (l, r, _) in part {
        if out[l].is_none() && !taken[r] {
            out[l] = Some(r);
            taken[r] = true;
        }
    }
}

/// The Hungarian method (Kuhn 1955, Munkres 1957) with potentials, rows padded by "unmatched" columns of weight 0.
fn exact(ls: &[usize], rs: &[usize], part: &[(usize, usize, f32)], out: &mut [Option<usize>]) {
    let (n, m) = (ls.len(), rs.len() + ls.len());
    let mut weight = vec![0.0f32; n * m];
    for &(l, r, w) in part {
        if let (Ok(i), Ok(j)) = (ls.binary_search(&l), rs.binary_search(&r)) {
            weight[i * m + j] = weight[i * m + j].max(w);
        }
    }
    let cost = |i: usize, j: usize| -weight[i * m + j];
    let (mut u, mut v) = (vec![0.0f32; n + 1], vec![0.0f32; m + 1]);
    let (mut row_of, mut way) = (vec![0usize; m + 1], vec![0usize; m + 1]);
    let (mut least, mut used) = (vec![f32::MAX; m + 1], vec![false; m + 1]);
    for i in 1..=n {
        row_of[0] = i;
        let mut j0 = 0;
        least.fill(f32::MAX);
        used.fill(false);
        loop {
            used[j0] = true;
            let (i0, mut delta, mut j1) = (row_of[j0], f32::MAX, 0);
            for j in 1..=m {
                if used[j] {
                    continue;
                }
                let c = cost(i0 - 1, j - 1) - u[i0] - v[j];
                if c < least[j] {
                    least[j] = c;
                    way[j] = j0;
                }
                if least[j] < delta {
                    delta = least[j];
                    j1 = j;
                }
            }
            for j in 0..=m {
                if used[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            j0 = j1;
            if row_of[j0] == 0 {
                break;
            }
        }
        while j0 != 0 {
            let j1 = way[j0];
            row_of[j0] = row_of[j1];
            j0 = j1;
        }
    }
    for j in 1..=rs.len() {
        let i = row_of[j];
        if i > 0 && weight[(i - 1) * m + j - 1] > 0.0 {
            out[ls[i - 1]] = Some(rs[j - 1]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_counts_not_the_best_pair() {
        let edges = [(0, 0, 5.0), (0, 1, 4.5), (1, 0, 4.8), (2, 2, 1.0)];
        assert_eq!(best(4, 3, &edges), [Some(1), Some(0), Some(2), None]);
    }

    #[test]
    fn one_to_one_even_when_greedy() {
        let edges: Vec<(usize, usize, f32)> = (0..200).flat_map(|l| [(l, 0, 1.0), (l, l, 0.5)]).collect();
        let found = best(200, 200, &edges);
        let mut rights: Vec<usize> = found.iter().flatten().copied().collect();
        rights.sort_unstable();
        rights.dedup();
        assert_eq!(rights.len(), found.iter().flatten().count());
    }
}
