#!/bin/sh
# One shard of a regression, as a task of a Slurm job array of any size. In the sources' folder, which all nodes see:
#
#   scripts/h2learn --version               # builds it once, before many ask for it at the same time
#   sbatch --array=0-7 scripts/regress/slurm.sh [SEED [COUNT]]
#   scripts/h2learn regress merge build/regress/SEED/shard-*.xml --out build/regress/SEED/report.xml
#
# SEED is by default the number of the job array, so that each gets a fresh one; COUNT is 1000. Further options of
# h2learn regress, the same for all tasks, are taken from H2LEARN_REGRESS_OPTIONS. A task in which a case did not pass
# ends with exit code 1; its report is there all the same.
#SBATCH --job-name=h2learn-regress
#SBATCH --cpus-per-task=2
#SBATCH --time=04:00:00
#SBATCH --output=/dev/null
set -eu
cd "${SLURM_SUBMIT_DIR:?is not set: submit this file with sbatch}"
seed=${1:-${SLURM_ARRAY_JOB_ID:?is not set: submit this file with sbatch --array=0-N}}
count=${2:-1000}
out=build/regress/$seed
name=$out/shard-$SLURM_ARRAY_TASK_ID
mkdir -p "$out"
# shellcheck disable=SC2086 # a list of options
exec scripts/h2learn regress --seed "$seed" --count "$count" --shard auto --jobs "${SLURM_CPUS_PER_TASK:-1}" \
    --no-progress --junit "$name.xml" --failures "$out/failures" ${H2LEARN_REGRESS_OPTIONS:-} >"$name.log" 2>&1
