package io.sekimori.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the process begins. */
public final class Main {

    private static final int USAGE = 2;
    private static final int FAILED = 1;

    private Main() {}

    /** Simulates until it is stopped or the time is over, then writes the summary. */
    public static void main(String... arguments) throws InterruptedException {
        if (List.of(arguments).equals(List.of("--help"))) {
            System.out.print(Options.HELP);
            return;
        }
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("simulator: " + e.getMessage());
            System.err.print(Options.HELP);
            System.exit(USAGE);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Thread onSignal = new Thread(() -> {
            stopped.countDown();
            try {
                main.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        Runtime.getRuntime().halt(run(options, stopped) ? 0 : FAILED);
    }

    private static boolean run(Options options, CountDownLatch stopped) throws InterruptedException {
        Tally tally = new Tally();
        Log log = Log.toStandardError();
        try (Simulation simulation = new Simulation(options, tally, log)) {
            simulation.start();
            long ends = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.runSeconds());
            while (!stopped.await(1, TimeUnit.SECONDS) && (options.runSeconds() == 0 || System.nanoTime() - ends < 0)) {
                System.out.println(tally.line());
            }
            byte[] summary = tally.summary();
            if (options.summary().isPresent()) {
                Files.write(options.summary().get(), summary);
            } else {
                System.out.println(new String(summary, StandardCharsets.UTF_8));
            }
            return true;
        } catch (IOException | GeneralSecurityException e) {
            log.say(e.toString());
            return false;
        }
    }
}
