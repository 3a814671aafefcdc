package io.sekimori.benchmarks.broker;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our broker beside mosquitto: start, memory, and acknowledged messages per second. */
public final class BrokerBenchmark implements Benchmark {

    private static final double HALF = 0.5;

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public String about() {
        return "the MQTT broker over TLS with certificates, against mosquitto";
    }

    /** What one kind of broker did in all rounds. */
    private record Found(
            List<Double> startMillis,
            List<Double> idleMib,
            List<Double> loadedMib,
            List<Double> kept,
            List<Double> clean) {

        static Found none() {
            return new Found(
                    new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException, InterruptedException {
        if (!RunningBroker.hasMosquitto()) {
            setting.progress().step("left out: there is no mosquitto here");
            return List.of();
        }
        Authority authority = new Authority();
        Found ours = Found.none();
        Found theirs = Found.none();
        int rounds = setting.rounds(5, 1);
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("round " + (round + 1) + " of " + rounds);
            Path folder = setting.work().resolve("ours-" + round);
            RunningBroker.prepare(folder, authority);
            try (RunningBroker broker = RunningBroker.ours(setting, folder)) {
                look(broker, authority, setting, ours);
            }
            folder = setting.work().resolve("mosquitto-" + round);
            RunningBroker.prepare(folder, authority);
            try (RunningBroker broker = RunningBroker.mosquitto(setting, folder)) {
                look(broker, authority, setting, theirs);
            }
        }
        return figures(ours, theirs);
    }

    private static void look(RunningBroker broker, Authority authority, Setting setting, Found found)
            throws IOException, InterruptedException {
        found.startMillis.add(broker.startMillis());
        found.idleMib.add(broker.residentMib());
        Traffic traffic = new Traffic(authority, broker.port());
        int messages = setting.rounds(5_000, 500);
        traffic.perSecond(messages / 4, true); // warms client and broker
        found.clean.add(traffic.perSecond(messages, true));
        found.kept.add(traffic.perSecond(messages, false));
        found.loadedMib.add(broker.residentMib());
    }

    private static List<Figure> figures(Found ours, Found theirs) {
        return List.of(
                figure(
                        "broker: start to answering",
                        "ms",
                        ours.startMillis,
                        theirs.startMillis,
                        new Goal.AtMost(5_000)),
                figure("broker: RSS after the start", "MiB", ours.idleMib, theirs.idleMib, new Goal.None()),
                figure("broker: RSS after the messages", "MiB", ours.loadedMib, theirs.loadedMib, new Goal.None()),
                figure(
                        "broker: QoS 1, the reader's session ends with it",
                        "messages/s",
                        ours.clean,
                        theirs.clean,
                        new Goal.RatioAtLeast(HALF)),
                figure(
                        "broker: QoS 1, kept on disk for the reader",
                        "messages/s",
                        ours.kept,
                        theirs.kept,
                        new Goal.RatioAtLeast(1)));
    }

    private static Figure figure(String what, String unit, List<Double> ours, List<Double> theirs, Goal goal) {
        return new Figure(what, unit, new Samples(ours), "mosquitto", new Samples(theirs), goal);
    }
}
