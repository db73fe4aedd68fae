"""Measures hnswlib, faiss and usearch on the vectors of `yuanhua bench`, and prints them beside ours.

    pip install numpy hnswlib faiss-cpu usearch
    yuanhua bench --data LIBRARY --export vectors/
    yuanhua bench --data LIBRARY --json > ours.json
    python benches/peers.py vectors/ --ours ours.json --json peers.json
    python benches/plots.py ours.json peers.json --to FOLDER

All graphs have 48 links at the bottom (M = 24), built with a width of 200. The width of the search is the smallest of
those tried that reaches the wanted recall; if none does, the widest. Recall is that of the ten nearest, by faiss's flat
index in 32-bit numbers. Each figure is the best of three rounds, as others may use the machine. Searches on one core
are timed by the CPU seconds of their thread. The rows that are printed are written after each engine, too.
"""

import argparse
import json
import os
import time

import faiss
import hnswlib
import numpy as np
from usearch.index import Index

LINKS, BUILD, WANTED, COUNT = 24, 200, 0.99, 10
WIDTHS = [16, 24, 32, 48, 64, 96, 128, 192, 256, 384]
CORES = os.cpu_count()


def rate(search, queries):
    """Queries a second: one at a time on one core, and all together on all cores."""
    one, every = [], []
    for _ in range(3):
        began = time.thread_time()
        for query in queries:
            search(query[None], 1)
        one.append(len(queries) / (time.thread_time() - began))
        began = time.perf_counter()
        search(queries, CORES)
        every.append(len(queries) / (time.perf_counter() - began))
    return max(one), max(every)


def recall(found, right):
    return float(np.mean([len(set(f) & set(r)) / COUNT for f, r in zip(found, right)]))


def flat(vectors):
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)

    def search(queries, threads):
        faiss.omp_set_num_threads(threads)
        return index.search(queries, COUNT)[1]

    return search, None


def faiss_graph(vectors):
    index = faiss.IndexHNSWFlat(vectors.shape[1], LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = BUILD
    faiss.omp_set_num_threads(CORES)
    index.add(vectors)

    def search(queries, threads):
        faiss.omp_set_num_threads(threads)
        return index.search(queries, COUNT)[1]

    def widen(width):
        index.hnsw.efSearch = width

    return search, widen


def hnswlib_graph(vectors):
    index = hnswlib.Index(space="ip", dim=vectors.shape[1])
    index.init_index(max_elements=len(vectors), ef_construction=BUILD, M=LINKS)
    index.add_items(vectors, num_threads=CORES)
    return lambda queries, threads: index.knn_query(queries, k=COUNT, num_threads=threads)[0], index.set_ef


def usearch_graph(kind):
    def make(vectors):
        index = Index(ndim=vectors.shape[1], metric="ip", dtype=kind, connectivity=LINKS, expansion_add=BUILD)
        index.add(np.arange(len(vectors)), vectors, threads=CORES)

        def search(queries, threads):
            keys = index.search(queries if len(queries) > 1 else queries[0], COUNT, threads=threads).keys
            return np.asarray(keys).reshape(len(queries), COUNT)

        def widen(width):
            index.expansion_search = width

        return search, widen

    return make


ENGINES = {
    "faiss flat": flat,
    "faiss HNSW": faiss_graph,
    "hnswlib": hnswlib_graph,
    "usearch f32": usearch_graph("f32"),
    "usearch i8": usearch_graph("i8"),
}


def measure(name, make, vectors, queries, right):
    began = time.perf_counter()
    search, widen = make(vectors)
    built = time.perf_counter() - began
    for width in WIDTHS if widen else [None]:
        if widen:
            widen(width)
        reached = recall(search(queries, CORES), right)
        if reached >= WANTED:
            break
    one, every = rate(search, queries)
    return {"vectors": len(vectors), "name": name, "width": width, "recall": reached, "one": one, "all": every, "built_s": built}


def ours(path):
    for size in json.load(open(path))["sizes"]:
        for name in ["scan", "graph"]:
            of = size[name]
            if of is None:
                continue
            yield {
                "vectors": size["vectors"],
                "name": f"yuanhua {name}",
                "width": None,
                "recall": of["recall_at_10"],
                "one": of["qps_one_core"],
                "all": of["qps_all_cores"],
                "built_s": size["graph_build_s"] if name == "graph" else 0.0,
            }


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", help="the folder that `yuanhua bench --export` wrote")
    arguments.add_argument("--ours", help="the output of `yuanhua bench --json` on the same library")
    arguments.add_argument("--json", help="write the rows to this file, for `benches/plots.py`")
    arguments.add_argument("--sizes", default="1000,10000,100000,1000000", help="the numbers of vectors")
    arguments = arguments.parse_args()
    vectors = np.load(os.path.join(arguments.folder, "vectors.npy"))
    queries = np.load(os.path.join(arguments.folder, "queries.npy"))
    rows = list(ours(arguments.ours)) if arguments.ours else []
    for size in map(int, arguments.sizes.split(",")):
        if size > len(vectors):
            break
        some = np.ascontiguousarray(vectors[:size])
        right = flat(some)[0](queries, CORES)
        for name, make in ENGINES.items():
            rows.append(measure(name, make, some, queries, right))
            if arguments.json:
                with open(arguments.json, "w", encoding="utf-8") as file:
                    json.dump(rows, file, indent=1)
    print("| vectors | | recall@10 | width | a second, one core | all cores | built in s |\n|---|---|---|---|---|---|---|")
    for row in sorted(rows, key=lambda row: (row["vectors"], -row["one"])):
        width = row["width"] or "–"
        print(f"| {row['vectors']:,} | {row['name']} | {row['recall']:.3f} | {width} | {row['one']:,.0f} | {row['all']:,.0f} | {row['built_s']:.1f} |")


if __name__ == "__main__":
    main()
