package io.trialstream.cli;

/** What a server answers, for tests. */
final class Answers {
    static final String COUNTS =
            "\"trials\":{\"queued\":0,\"running\":%d,\"completed\":%d,\"pruned\":0,\"infeasible\":%d,\"failed\":0,\"cancelled\":0}";

    private Answers() {}

    static String study(String state, int running, int completed, int infeasible, String more) {
        return "{\"studyId\":\"demo-6f1c2a\",\"name\":\"demo\",\"state\":\"" + state + "\","
                + "\"objective\":{\"metric\":\"fine_accuracy\",\"direction\":\"maximize\"},\"budget\":{\"trials\":8},"
                + COUNTS.formatted(running, completed, infeasible)
                + ",\"createdAt\":\"2026-11-23T10:00:00Z\"" + more + "}";
    }

    static String running() {
        return study("RUNNING", 2, 3, 0, ",\"spec\":{\"name\":\"demo\"}");
    }

    static String trial(int number, String state, String more) {
        return "{\"trialId\":\"demo-6f1c2a:" + number + "\",\"number\":" + number + ",\"state\":\"" + state
                + "\",\"origin\":\"MODEL\",\"epochs\":4,\"configuration\":{\"lr\":0.1,\"act\":\"relu\"}" + more + "}";
    }

    static String completed(int number, double objective) {
        return trial(number, "COMPLETED", ",\"objective\":" + objective + ",\"trainingSeconds\":0.25");
    }

    static String leaderboard(String... trials) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < trials.length; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"rank\":")
                    .append(i + 1)
                    .append(",\"trial\":")
                    .append(trials[i])
                    .append("}");
        }
        return "{\"studyId\":\"demo-6f1c2a\",\"metric\":\"fine_accuracy\",\"items\":[" + items + "]}";
    }
}
