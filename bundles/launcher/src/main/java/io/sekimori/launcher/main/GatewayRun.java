package io.sekimori.launcher.main;

import io.sekimori.generation.StartReport.NotStarted;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.StartReason;
import io.sekimori.trust.Refusal;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.osgi.framework.BundleException;

/** The life of one framework: start, wait, stop. Confined to the main thread. */
final class GatewayRun {

    private final Unit unit;
    private final Preparation preparation;
    private final RunOptions options;
    private final Lines lines;
    private final Stopping stopping;
    private final StartRecorder recorder;

    GatewayRun(
            Unit unit,
            Preparation preparation,
            RunOptions options,
            Lines lines,
            Stopping stopping,
            StartRecorder recorder) {
        this.unit = unit;
        this.preparation = preparation;
        this.options = options;
        this.lines = lines;
        this.stopping = stopping;
        this.recorder = recorder;
    }

    ExitCode run(Choice.Chosen chosen) throws IOException {
        int number = chosen.verified().generation().number();
        recorder.starting(chosen);
        lines.say("generation " + number + " verified: " + chosen.verified().files() + " files in "
                + chosen.verified().took().toMillis() + " ms");
        LastWordsWriter lastWords = new LastWordsWriter(unit, number, Clock.systemUTC(), lines);
        stopping.leave(lastWords);
        HaltingDeadline deadline = new HaltingDeadline(lastWords, lines, Halt.ofThisProcess());
        deadline.start();
        if (chosen.reason() == StartReason.TRIAL) {
            // Whoever commits the generation disarms it. Nobody does if the generation cannot even do that.
            deadline.arm(options.trialLimit(), "trial of generation " + number);
        }
        try (Systemd systemd = Systemd.of(System.getenv(), Systemd.HELPER, lines)) {
            RunningFramework framework = preparation.framework();
            framework.start(chosen, deadline);
            ready(framework.notStarted(), number);
            systemd.ready(framework::answers);
            return untilStopped(framework, systemd);
        } catch (BundleException e) {
            lines.refused(new Refusal(LauncherCode.FRAMEWORK_FAILED, e.toString()));
            return ExitCode.FRAMEWORK_FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FRAMEWORK_FAILED;
        }
    }

    private void ready(List<NotStarted> notStarted, int number) {
        Duration took = recorder.ready(notStarted);
        String rest = notStarted.isEmpty() ? "" : ", " + notStarted.size() + " bundles not started";
        lines.say("READY generation " + number + " in " + took.toMillis() + " ms" + rest);
    }

    private ExitCode untilStopped(RunningFramework framework, Systemd systemd)
            throws InterruptedException, BundleException {
        ExitCode code = stopping.await();
        if (code == ExitCode.OK) {
            // Otherwise the start script goes on, or systemd is told by the exit code.
            systemd.stopping();
        }
        if (code != ExitCode.FRAMEWORK_FAILED) {
            framework.stop();
        }
        recorder.stopped();
        return code;
    }
}
