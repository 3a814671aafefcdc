package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.TargetState;
import io.sekimori.rollouts.waves.WaveRule.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveRuleTest {

    private static final Counts NONE = Counts.NONE;

    @ParameterizedTest
    @CsvSource({"FAILED,LIMIT_FAILED", "REVERTED,LIMIT_REVERTED", "REFUSED,LIMIT_REFUSED", "SILENT,LIMIT_SILENT"})
    void oneMoreThanIsBorneStopsAtOnce(TargetState state, RolloutCode code) {
        Limits one = new Limits(1, 1, 1, 1, 50);
        Counts borne = counts(TargetState.WAITING, 5, state, 1);
        Counts over = counts(TargetState.WAITING, 4, state, 2);

        assertThat(next(one, over)).isEqualTo(new Step.Halt(code));
        assertThat(next(one, borne)).isEqualTo(new Step.Wait());
    }

    @Test
    void whatAPersonBearsIsNotCountedAgain() {
        Counts now = counts(TargetState.FAILED, 2, TargetState.CONFIRMED, 3);

        assertThat(WaveRule.next(Limits.STRICT, List.of(now), List.of(counts(TargetState.FAILED, 2)), 1))
                .isEqualTo(new Step.Finish());
        assertThat(WaveRule.next(Limits.STRICT, List.of(now), List.of(counts(TargetState.FAILED, 1)), 1))
                .isEqualTo(new Step.Halt(RolloutCode.LIMIT_FAILED));
    }

    @Test
    void theNextWaveGoesWhenEnoughAreConfirmed() {
        Limits most = new Limits(0, 0, 0, 0, 80);
        Counts waiting = counts(TargetState.WAITING, 10);

        assertThat(next(most, counts(TargetState.CONFIRMED, 7, TargetState.ASSIGNED, 3), waiting))
                .isEqualTo(new Step.Wait());
        assertThat(next(most, counts(TargetState.CONFIRMED, 8, TargetState.ASSIGNED, 2), waiting))
                .isEqualTo(new Step.NextWave());
    }

    @Test
    void tooFewConfirmedStopsWhenNobodyIsWaitedForAnyMore() {
        Limits lenient = new Limits(9, 9, 9, 9, 80);

        assertThat(next(lenient, counts(TargetState.CONFIRMED, 7, TargetState.REVERTED, 3)))
                .isEqualTo(new Step.Halt(RolloutCode.SUCCESS_MISSED));
    }

    @Test
    void whoWasCancelledCanNeitherSucceedNorFail() {
        assertThat(next(Limits.STRICT, counts(TargetState.CONFIRMED, 7, TargetState.CANCELLED, 3)))
                .isEqualTo(new Step.Finish());
    }

    @Test
    void itIsFinishedOnlyWhenEarlierWavesAreSettledToo() {
        Limits half = new Limits(0, 0, 0, 0, 50);
        List<Counts> waves =
                List.of(counts(TargetState.CONFIRMED, 1, TargetState.IN_PROGRESS, 1), counts(TargetState.CONFIRMED, 2));

        assertThat(WaveRule.next(half, waves, List.of(NONE, NONE), 2)).isEqualTo(new Step.Wait());
    }

    @Test
    void troubleInAnEarlierWaveStopsTheLaterOne() {
        Limits half = new Limits(0, 0, 0, 0, 50);
        List<Counts> waves =
                List.of(counts(TargetState.CONFIRMED, 1, TargetState.SILENT, 1), counts(TargetState.ASSIGNED, 2));

        assertThat(WaveRule.next(half, waves, List.of(NONE, NONE), 2))
                .isEqualTo(new Step.Halt(RolloutCode.LIMIT_SILENT));
    }

    private static Step next(Limits limits, Counts... waves) {
        List<Counts> all = List.of(waves);
        return WaveRule.next(limits, all, all.stream().map(wave -> NONE).toList(), 1);
    }

    private static Counts counts(TargetState state, int count) {
        return new Counts(Map.of(state, count));
    }

    private static Counts counts(TargetState one, int count, TargetState other, int more) {
        return new Counts(Map.of(one, count, other, more));
    }
}
