#!/usr/bin/env python3
"""Puts mixed traffic on a server that this script starts, and prints what each number of connections got.

`benches/load/run.py` needs wrk (Debian: `apt-get install wrk`) and `cargo build --release`. All traffic stays on a loopback
port, and every step ends after `--seconds`. Two more clients measure what one person feels meanwhile: one opens `/` every
20 ms, the other asks one question after another. Nothing here decides a test.
"""

import argparse
import http.client
import json
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Of a hundred requests. A page loads its files once, and a reader asks, opens quotes and asks again.
SHARES = {"page": 20, "question": 20, "json": 15, "file": 25, "permalink": 20}
PAUSE = 0.02

DONE = "跑步 游泳 做饭 看书 画画 养花 爬山 钓鱼 唱歌 下棋 写日记 打篮球 学英语 修电脑 种菜 骑车 摄影 练字 听评书 逛公园".split()
WHERE = "河边 小区 公司 老家 学校 工地 医院 菜市场 图书馆 村口".split()
WHEN = "每天早上 下班以后 周末 过年的时候 夏天 下雨天 退休以后 孩子睡了以后".split()
WHY = "心里就安静了 身体比以前好 能认识新朋友 可以省一点钱 孩子也愿意跟着 不用看手机 觉得自己还有用 能想明白很多事".split()
BUT = "就是时间太少 膝盖有点吃不消 家里人不太理解 东西越来越贵 地方不好找 天冷了就懒 老师傅都走了 年轻人不爱学".split()


def library(folder, files, answers):
    """Writes interviews with that many answers in all. The same call writes the same words."""
    drawn = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    for file in range(files):
        lines = []
        for number in range(answers // files // 2):
            subject = DONE[(file + number) % len(DONE)]
            lines.append(f"Q{number + 1}. 第{number + 1}个问题，您平时{drawn.choice(WHEN)}怎么{subject}？")
            for person in (1, 2):
                lines.append(
                    f"A{person} 我{drawn.choice(WHEN)}在{drawn.choice(WHERE)}{drawn.choice(DONE)}，已经{drawn.randint(2, 30)}年了。"
                    f"{drawn.choice(WHY)}，{drawn.choice(BUT)}。后来我又开始{drawn.choice(DONE)}，一个月花{drawn.randint(20, 900)}块钱。"
                )
        (folder / f"interview-{file + 1:02}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def questions(made):
    """Returns questions. There are more of them than the server keeps replies."""
    if not made:
        subjects = "AI 人工客服 压力 跑步 加班 投诉 培训 顾客 机器人 情绪 工资 同事 夜班 电话 经验 耐心 未来 家人 睡觉 旅游".split()
    else:
        subjects = DONE
    forms = "谁喜欢{}？ 为什么要{}？ {}要花多少钱？ {}最难的是什么？ 大家怎么看{}？ {}有什么好处？ 以前{}是什么样？".split()
    english = ["Who talks about {}?", "How do people feel about {}?"]
    return [form.format(subject) for form in forms + english for subject in subjects]


class Server:
    """A server of ours on a free loopback port."""

    def __init__(self, binary, data, home):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_DATA_HOME": str(home)}
        began = time.monotonic()
        self.process = subprocess.Popen(
            [binary, "serve", "--port", str(self.port), *(["--data", data] if data else [])],
            env=environment, stdout=subprocess.DEVNULL, stderr=sys.stderr,
        )
        while not self.is_ready():
            if self.process.poll() is not None:
                sys.exit("the server did not start")
            time.sleep(0.1)
        self.start_s = time.monotonic() - began

    def is_ready(self):
        try:
            return json.loads(self.get("/readyz")[1])["coming"] == 0
        except OSError:
            return False

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        reply = connection.getresponse()
        return reply.status, reply.read()

    def memory(self):
        """Returns the resident memory now and at most, in MB."""
        rows = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        found = {row.split(":")[0]: row.split() for row in rows}
        return {name: int(found[field][1]) // 1024 for name, field in (("now", "VmRSS"), ("most", "VmHWM"))}

    def answered(self):
        """Returns how many questions have been answered, on the page and as JSON."""
        rows = self.get("/metrics")[1].decode().splitlines()
        wanted = [f'route="{route}",status="200"' for route in ("/?q", "/api/ask")]
        return sum(int(row.split()[-1]) for row in rows if row.startswith("yuanhua_requests_total") and any(one in row for one in wanted))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def paths(server, asked):
    """Returns the addresses of each kind."""
    links = set()
    for question in asked[:8]:
        reply = json.loads(server.get("/api/ask?q=" + quote(question))[1])
        links.update(one["citation"]["permalink"] for one in reply["quotes"])
    page = server.get("/")[1].decode()
    files = {part.split('"')[0] for part in page.split('="')[1:] if part.startswith("/static/")}
    asked = [quote(question) for question in asked]
    return {
        "page": ["/"],
        "question": ["/?q=" + one for one in asked],
        "json": ["/api/ask?q=" + one for one in asked],
        "file": sorted(files),
        "permalink": sorted(links),
    }


class Probe(threading.Thread):
    """A client that takes turns through some addresses until it is stopped, and keeps the time of each reply."""

    def __init__(self, server, addresses, pause):
        super().__init__(daemon=True)
        self.server, self.addresses, self.pause = server, addresses, pause
        self.ms, self.refused, self.ended = [], 0, threading.Event()

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        at = 0
        while not self.ended.is_set():
            began = time.monotonic()
            try:
                connection.request("GET", self.addresses[at % len(self.addresses)])
                reply = connection.getresponse()
                reply.read()
                refused = reply.status == 503
            except (OSError, http.client.HTTPException):
                connection.close()
                refused = True
            took = time.monotonic() - began
            self.refused += refused
            if not refused:
                self.ms.append(took * 1000)
            at += 1
            self.ended.wait(max(0.0, self.pause - took) if not refused else 0.1)

    def result(self):
        self.ended.set()
        self.join(60)
        ordered = sorted(self.ms) or [float("nan")]
        at = lambda share: round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)
        return {"replies": len(self.ms), "refused": self.refused, "p50_ms": at(0.5), "p99_ms": at(0.99), "most_ms": at(1)}


def step(server, address_file, by_kind, connections, seconds):
    """Puts one number of connections on the server."""
    page = Probe(server, by_kind["page"], PAUSE)
    question = Probe(server, list(reversed(by_kind["question"])), 0.2)
    before, answered = server.memory()["now"], server.answered()
    page.start(), question.start()
    command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "15s", "-s", HERE / "mixed.lua",
               f"http://127.0.0.1:{server.port}", "--", address_file, str(connections)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60)
    if told.returncode != 0:
        sys.exit(told.stderr or told.stdout)
    result = json.loads(told.stdout.strip().splitlines()[-1])
    memory, answered = server.memory(), server.answered() - answered
    return {
        "connections": connections, **result,
        "answered_per_s": round(answered / result["seconds"], 1),
        "served_per_s": round(result["served"] / result["seconds"], 1),
        "refused_per_s": round(result["refused"] / result["seconds"], 1),
        "page": page.result(), "question": question.result(),
        "memory_mb": {"before": before, "after": memory["now"], "most": memory["most"]},
    }


def measure(binary, name, data, home, options):
    server = Server(binary, data, home)
    try:
        by_kind = paths(server, questions(data is not None))
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as addresses:
            for kind, share in SHARES.items():
                addresses.writelines(f"{share}\t{kind}\t{path}\n" for path in by_kind[kind])
            addresses.flush()
            steps = [step(server, addresses.name, by_kind, one, options.seconds) for one in options.connections]
    finally:
        server.stop()
    return {"library": name, "start_s": round(server.start_s, 2), "steps": steps}


def table(result):
    """Prints the steps as Markdown. Served and refused are what wrk got; answered are all questions, with those of the other client."""
    print(f"\n{result['library']}, open after {result['start_s']} s\n")
    print("| connections | served/s | questions answered/s | refused/s | `/`: median, p99, most (ms) | a question: median, p99 (ms) | broken | memory (MB) |")
    print("|---|---|---|---|---|---|---|---|")
    for one in result["steps"]:
        page, question = one["page"], one["question"]
        broken = one["broken"] + one["timed_out"] + one["other"]
        print(
            f"| {one['connections']} | {one['served_per_s']:.0f} | {one['answered_per_s']} | {one['refused_per_s']:.0f} | "
            f"{page['p50_ms']}, {page['p99_ms']}, {page['most_ms']} | {question['p50_ms']:.0f}, {question['p99_ms']:.0f} "
            f"({question['replies']} of {question['replies'] + question['refused']}) | {broken} | {one['memory_mb']['after']} |"
        )


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--binary", default=ROOT / "target/release/yuanhua")
    options.add_argument("--seconds", type=int, default=10, help="length of a step, at most 60")
    options.add_argument("--connections", type=lambda text: [int(one) for one in text.split(",")], default=[1, 10, 100, 1000])
    options.add_argument("--answers", type=int, default=5000, help="answers of the library that is made; 0 for none")
    options.add_argument("--made", type=Path, default=ROOT / "target/load", help="the folder of that library and its cache")
    options.add_argument("--json", type=Path, help="a file for all figures")
    options.add_argument("--only-start", action="store_true", help="make the library ready, and measure nothing")
    options = options.parse_args()
    options.seconds = min(options.seconds, 60)
    if max(options.connections) > 5000:
        sys.exit("5000 connections are enough")
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard == resource.RLIM_INFINITY else min(hard, 20000), hard))
    home = options.made / "home"
    libraries = [("the bundled interview", None)]
    if options.answers:
        folder = options.made / f"answers-{options.answers}"
        if not folder.exists():
            library(folder, 20, options.answers)
        libraries.append((f"{options.answers} answers", folder))
    if options.only_start:
        for _, data in libraries:
            Server(options.binary, data, home).stop()
        return
    results = [measure(options.binary, name, data, home, options) for name, data in libraries]
    for result in results:
        table(result)
    if options.json:
        options.json.write_text(json.dumps({"seconds": options.seconds, "shares": SHARES, "libraries": results}, indent=1))


if __name__ == "__main__":
    main()
