#!/usr/bin/env python3
"""Measures training speed and peak memory of both engines and of PyTorch, side by side, and prints a Markdown table.

    benchmarks/training/measure.py [--threads 1,2] [--configurations demo,best] [--seconds 20] [--rounds 2] [--batch 128]

Each contender is a process of its own; rounds take turns, so that what else the machine does hits all of them alike.
Needs the trainers built (mvn -DskipTests package) and PyTorch installed (install.sh); a contender that is missing is
left out and named. Every line measured goes to --out.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# What the local stack starts libtorch's trainers with.
KEEP_MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "8589934592", "MALLOC_TOP_PAD_": "67108864"}


def java(engine, module):
    application = ROOT / "trainer-service" / module / "target/quarkus-app"
    if not (application / "lib/main").is_dir():
        return None
    path = f"{application}/app/*:{application}/lib/main/*"
    return lambda configuration, batch, seconds: [
        "java", "-Xmx1g", "-cp", path, str(HERE / "TrainingSpeed.java"), engine, configuration, batch, seconds]


def pytorch(layout):
    python = HERE / ".venv/bin/python"
    if not python.exists():
        return None
    return lambda configuration, batch, seconds: [
        str(python), str(HERE / "pytorch_speed.py"), configuration, batch, seconds, layout]


CONTENDERS = {
    "DL4J": (java("io.trialstream.trainer.dl4j.Dl4jEngine", "dl4j"), {}),
    "libtorch": (java("io.trialstream.trainer.libtorch.LibtorchEngine", "libtorch"), KEEP_MEMORY),
    "PyTorch, channels_last": (pytorch("nhwc"), {}),
    "PyTorch, default layout": (pytorch("nchw"), {}),
    "PyTorch, channels_last, libtorch's malloc": (pytorch("nhwc"), KEEP_MEMORY),
}


def measure(command, settings, threads, timeout):
    environment = {**os.environ, **settings, "OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=timeout)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        print(done.stderr[-2000:], file=sys.stderr)
        return None
    return json.loads(lines[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--configurations", default="demo,best")
    parser.add_argument("--seconds", default="20")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--batch", default="128")
    parser.add_argument("--contenders", default=",".join(name.replace(", ", "/") for name in CONTENDERS))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    wanted = [name.replace("/", ", ") for name in options.contenders.split(",")]
    missing = [name for name in wanted if CONTENDERS[name][0] is None]
    if missing:
        print("left out, not built or installed: " + "; ".join(missing), file=sys.stderr)
    results = {}
    for threads in options.threads.split(","):
        for configuration in options.configurations.split(","):
            for _ in range(options.rounds):
                for name in wanted:
                    command, settings = CONTENDERS[name]
                    result = command and measure(
                        command(configuration, options.batch, options.seconds), settings, threads, 600)
                    if result:
                        result.update(contender=name, threads=int(threads))
                        results.setdefault((threads, configuration, name), []).append(result)
                        line = json.dumps(result)
                        print(line, file=sys.stderr, flush=True)
                        if options.out:
                            with options.out.open("a") as out:
                                out.write(line + "\n")
    table(results)


def table(results):
    print("| threads | configuration | contender | images/s | of PyTorch | images per processor second | of PyTorch"
          " | peak MiB |\n|---|---|---|---|---|---|---|---|")
    for (threads, configuration, name), lines in results.items():
        def mean(key, contender=name):
            values = [line[key] for line in results.get((threads, configuration, contender), [])]
            return statistics.mean(values) if values else float("nan")

        def best_pytorch(key):
            return max((mean(key, other) for other in ("PyTorch, channels_last", "PyTorch, default layout")
                        if (threads, configuration, other) in results), default=float("nan"))

        speed, work = "images_per_second", "images_per_processor_second"
        print(f"| {threads} | {configuration} | {name} | {mean(speed):.1f} | {mean(speed) / best_pytorch(speed):.2f}"
              f" | {mean(work):.1f} | {mean(work) / best_pytorch(work):.2f} | {mean('peak_mebibytes'):.0f} |")


if __name__ == "__main__":
    main()
