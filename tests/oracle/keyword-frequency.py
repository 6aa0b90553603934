"""Every measure of the analyzer keyword-frequency over twelve small texts, from the formulas of the papers.

Written from the papers, not from the program, with numpy and scipy. Renew the output (its numbers go into
keyword-frequency.json beside this file, which the Rust test reads) with

    pip install numpy scipy
    python3 tests/oracle/keyword-frequency.py

Exact where fractions allow it, else in double precision.
"""
import itertools, json, math, pathlib
from fractions import Fraction as Fr
import numpy as np
from scipy import stats

HERE = pathlib.Path(__file__).parent
MARKS = {"。", "，"}
NODES = ["铁路", "委员"]
WINDOW = 3


def texts():
    found = []
    for line in (HERE / "keyword-frequency.txt").read_text("utf-8").splitlines():
        if line.startswith("="):
            paper, date = line[1:].split()
            found.append({"paper": paper, "date": date, "sentences": []})
        elif line and not line.startswith("#"):
            for clause in line.replace("。", "，").split("，"):
                if clause.split():
                    found[-1].setdefault("clauses", []).append(clause.split())
            for sentence in line.split("。"):
                words = [w for w in sentence.split() if w not in MARKS]
                if words:
                    found[-1]["sentences"].append(words)
    for text in found:
        text["words"] = [w for s in text["sentences"] for w in s]
    return found


TEXTS = texts()
VOCABULARY = sorted({w for t in TEXTS for w in t["words"]})
TOKENS = sum(len(t["words"]) for t in TEXTS)


def dispersion(word):
    """Gries 2008 and 2020, Lijffijt and Gries 2012; parts are issues."""
    issues = sorted({(t["paper"], t["date"]) for t in TEXTS})
    in_issue = lambda i: [w for t in TEXTS if (t["paper"], t["date"]) == i for w in t["words"]]
    parts = [in_issue(i) for i in issues]
    size = np.array([len(p) for p in parts])
    v = np.array([p.count(word) for p in parts])
    n, f, total = len(parts), int(v.sum()), int(size.sum())
    p = v / size
    juilland = 1 - np.std(p) / np.mean(p) / math.sqrt(n - 1)
    share = p / p.sum()
    carroll = -sum(x * math.log2(x) for x in share if x > 0) / math.log2(n)
    distance = lambda counts: sum(abs(Fr(int(c), f) - Fr(int(s), total)) for c, s in zip(counts, size)) / 2
    dp = distance(v)
    # Least DP: whole shares, then the greatest remainders. Greatest: all in the smallest part that holds them.
    quota = [Fr(f * int(s), total) for s in size]
    even = [math.floor(q) for q in quota]
    for i in sorted(range(n), key=lambda i: quota[i] - even[i], reverse=True)[: f - sum(even)]:
        even[i] += 1
    low = distance(even)
    holding = [int(s) for s in size if s >= f]
    high = 1 - Fr(min(holding) if holding else f, total)
    return {
        "count": f,
        "per_10k": f * 10000 / total,
        "articles": sum(word in t["words"] for t in TEXTS),
        "papers": len({t["paper"] for t in TEXTS if word in t["words"]}),
        "range": int((v > 0).sum()),
        "juilland_d": float(juilland),
        "carroll_d2": float(carroll),
        "dp": float(dp),
        "dp_norm": float(dp / (1 - Fr(int(size.min()), total))),
        "dp_adjusted": float((dp - low) / (high - low)),
        "tfidf": f * 10000 / total * math.log(len(TEXTS) / sum(word in t["words"] for t in TEXTS)),
    }


def g2(observed, expected):
    return 2 * sum(o * math.log(o / e) for o, e in zip(observed, expected) if o > 0)


def log_ratio(f1, n1, f2, n2):
    """Hardie 2014; a zero counts as one half."""
    return math.log2(((f1 or 0.5) / n1) / ((f2 or 0.5) / n2))


def interval(f1, n1, f2, n2, alpha):
    """Evert 2022: Clopper and Pearson's interval for f1 of f1 + f2, as a ratio of rates, binary logarithm."""
    ratio = lambda p: math.log2(p / (1 - p) * n2 / n1)
    low = ratio(stats.beta.ppf(alpha / 2, f1, f2 + 1)) if f1 else None
    high = ratio(stats.beta.ppf(1 - alpha / 2, f1 + 1, f2)) if f2 else None
    return low, high


def holm(ps):
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    adjusted, most = [0.0] * len(ps), 0.0
    for rank, i in enumerate(order):
        most = max(most, min(1.0, ps[i] * (len(ps) - rank)))
        adjusted[i] = most
    return adjusted


def keyness():
    target = [t for t in TEXTS if t["paper"] == "河洮政协报"]
    other = [t for t in TEXTS if t["paper"] != "河洮政协报"]
    words = lambda texts: [w for t in texts for w in t["words"]]
    a, b = words(target), words(other)
    n1, n2, d1, d2 = len(a), len(b), len(target), len(other)
    rows = {}
    for word in VOCABULARY:
        f1, f2 = a.count(word), b.count(word)
        a1, a2 = (sum(word in t["words"] for t in texts) for texts in (target, other))
        e1, e2 = n1 * (f1 + f2) / (n1 + n2), n2 * (f1 + f2) / (n1 + n2)
        tokens = g2([f1, f2], [e1, e2])  # Rayson and Garside 2000
        table = np.array([[a1, a2], [d1 - a1, d2 - a2]])  # Dunning 1993, all four cells
        expected = np.outer(table.sum(1), table.sum(0)) / table.sum()
        articles = g2(table.ravel(), expected.ravel())
        low, high = interval(f1, n1, f2, n2, 0.05)
        lrc_low, lrc_high = interval(f1, n1, f2, n2, 0.05 / len(VOCABULARY))
        lrc = max(0.0, lrc_low if lrc_low is not None else 0.0) or min(0.0, lrc_high if lrc_high is not None else 0.0)
        rows[word] = {
            "count": f1, "reference_count": f2, "articles": a1, "reference_articles": a2,
            "g2": tokens, "p": float(stats.chi2.sf(tokens, 1)),
            "bic": tokens - math.log(n1 + n2),
            "log_ratio": log_ratio(f1, n1, f2, n2), "low": low, "high": high, "lrc": lrc,
            "difference": (f1 / n1 - f2 / n2) / (f2 / n2) * 100 if f2 else None,
            "odds_ratio": (f1 / (n1 - f1)) / (f2 / (n2 - f2)) if f2 else None,
            "articles_g2": articles, "articles_p": float(stats.chi2.sf(articles, 1)),
            "articles_log_ratio": log_ratio(a1, d1, a2, d2),
        }
    for given, made in (("p", "p_adjusted"), ("articles_p", "articles_p_adjusted")):
        for word, p in zip(VOCABULARY, holm([rows[w][given] for w in VOCABULARY])):
            rows[word][made] = p
    return rows


def collocations():
    """Evert 2008: a token counts once if it stands in the window of any node; windows end with the sentence."""
    rows = {}
    for node in NODES:
        near, window = {}, 0
        for sentence in (s for t in TEXTS for s in t["sentences"]):
            at = [i for i, w in enumerate(sentence) if w == node]
            for i, word in enumerate(sentence):
                if word != node and any(abs(i - j) <= WINDOW for j in at):
                    window += 1
                    near[word] = near.get(word, 0) + 1
        f1 = sum(t["words"].count(node) for t in TEXTS)
        n = TOKENS - f1
        for word, o in near.items():
            f2 = sum(t["words"].count(word) for t in TEXTS)
            table = np.array([[o, window - o], [f2 - o, n - window - f2 + o]], dtype=float)
            expected = np.outer(table.sum(1), table.sum(0)) / n
            e = expected[0, 0]
            rows[f"{node} {word}"] = {
                "together": o, "window": window, "node_count": f1, "count": f2,
                "log_dice": 14 + math.log2(2 * o / (f1 + f2)),  # Rychlý 2008
                "mi": math.log2(o / e), "mi3": math.log2(o**3 / e), "t": (o - e) / math.sqrt(o),
                "g2": g2(table.ravel(), expected.ravel()),
                "delta_p_collocate": o / window - (f2 - o) / (n - window),  # Gries 2013
                "delta_p_node": o / f2 - (window - o) / (n - f2),
            }
    return rows


def ngrams():
    rows = {}
    for t in TEXTS:
        for s in t["clauses"]:  # marks end a run
            for i in range(len(s) - 1):
                key = " ".join(s[i : i + 2])
                row = rows.setdefault(key, {"count": 0, "where": set()})
                row["count"] += 1
                row["where"].add((t["paper"], t["date"]))
    return {k: {"count": r["count"], "range": len(r["where"])} for k, r in rows.items() if r["count"] > 1}


def trends():
    """By month; Wilson 1927, Mann 1945 and Kendall 1975 with correction for ties and continuity, Sen 1968."""
    months = sorted({t["date"][:7] for t in TEXTS})
    in_month = {m: [w for t in TEXTS if t["date"][:7] == m for w in t["words"]] for m in months}
    rows = {}
    for word in VOCABULARY:
        counts = [in_month[m].count(word) for m in months]
        sizes = [len(in_month[m]) for m in months]
        rates = [Fr(c, n) for c, n in zip(counts, sizes)]
        s = sum((y > x) - (y < x) for x, y in itertools.combinations(rates, 2))
        n = len(months)
        ties = [rates.count(r) for r in set(rates)]
        variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
        z = 0.0 if s == 0 or variance == 0 else (s - math.copysign(1, s)) / math.sqrt(variance)
        slopes = [(rates[j] - rates[i]) * 10000 / (j - i) for i, j in itertools.combinations(range(n), 2)]
        z95 = stats.norm.ppf(0.975)
        wilson = []
        for c, size in zip(counts, sizes):
            p = c / size
            middle = (p + z95**2 / (2 * size)) / (1 + z95**2 / size)
            half = z95 / (1 + z95**2 / size) * math.sqrt(p * (1 - p) / size + z95**2 / (4 * size**2))
            wilson.append([max(0.0, middle - half) * 10000, (middle + half) * 10000])
        rows[word] = {"s": s, "z": z, "p": float(2 * stats.norm.sf(abs(z))), "slope": float(np.median([float(x) for x in slopes])), "wilson": wilson}
    return {"periods": months, "words": rows}


def textrank():
    """Mihalcea and Tarau 2004 on the third text: words no more than 4 places apart are neighbours, weighted by how
    often; damping 0.85, scores add up to 1."""
    words = TEXTS[2]["sentences"]
    nodes = sorted({w for s in words for w in s})
    weight = np.zeros((len(nodes), len(nodes)))
    for s in words:
        for i, j in itertools.combinations(range(len(s)), 2):
            if j - i <= 4 and s[i] != s[j]:
                a, b = nodes.index(s[i]), nodes.index(s[j])
                weight[a, b] += 1
                weight[b, a] += 1
    n = len(nodes)
    transition = weight / weight.sum(axis=1, keepdims=True)
    score = np.linalg.solve(np.eye(n) - 0.85 * transition.T, np.full(n, 0.15 / n))
    return {w: float(x) for w, x in zip(nodes, score)}


out = {
    "words": {w: dispersion(w) for w in VOCABULARY},
    "keyness": keyness(),
    "collocations": collocations(),
    "ngrams": ngrams(),
    "trends": trends(),
    "textrank": textrank(),
}
text = json.dumps(out, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
(HERE / "keyword-frequency.json").write_text(text + "\n", "utf-8")
