package io.sekimori.launcher.main;

import io.sekimori.generation.StartReport.PassedOver;
import io.sekimori.generation.Trial;
import io.sekimori.generation.Verification.Verified;
import io.sekimori.launcher.StartReason;
import io.sekimori.trust.Refusal;
import java.util.List;
import java.util.Optional;

/** Which generation is to be started. */
sealed interface Choice {

    /** This one, by this process; {@code trial} is its trial after this start was counted. */
    record Chosen(Verified verified, StartReason reason, Optional<Trial> trial, List<PassedOver> passedOver)
            implements Choice {}

    /** This one, by a new process from its own slot. */
    record OtherSlot(int generation, String slot, List<PassedOver> passedOver) implements Choice {}

    /** None of the candidates. */
    record NoneStartable(List<PassedOver> passedOver) implements Choice {}

    /** Not even the candidates are known. */
    record NoPointer(Refusal refusal) implements Choice {}
}
