package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generations;
import io.sekimori.generation.Pointer;
import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.Intruder;
import io.sekimori.update.engine.lab.Item;
import io.sekimori.update.engine.lab.Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway of a fleet that goes from classical signatures to hybrid ones by a root, on a real framework. */
class HybridRootTest {

    private static final String APP = "lab.app";

    @Test
    void aGatewayRefusesWhatItCannotCheckAndFollowsToWhatItCan(@TempDir Path work) throws Exception {
        Lab lab = new Lab(work);
        try {
            lab.start(lab.engine("0.1.0"), app(lab, "1.0.0"));
            Intruder repository = lab.intruder(lab.pack(lab.engine("0.1.0"), app(lab, "1.1.0")));
            repository.brings("release/2.root.json", lab.office().rootOfTomorrow());

            assertThat(lab.fetch(repository.sends(), Long.MAX_VALUE)).startsWith("Refused 1 SCHEME_UNKNOWN");
            assertThat(lab.greeting(APP)).isEqualTo("1.0.0");
            assertThat(new Generations(lab.unit()).numbers()).containsExactly(1);
            assertThat(lab.unit().transitionFile()).doesNotExist();

            lab.office().goHybrid();
            Path pack = lab.pack(lab.engine("0.1.0"), app(lab, "1.2.0"));

            assertThat(lab.fetch(pack, Long.MAX_VALUE)).startsWith("Confirmed ");
            assertThat(lab.greeting(APP)).isEqualTo("1.2.0");
            assertThat(new Pointer(lab.unit()).confirmed().orElseThrow().generation())
                    .isGreaterThan(1);
        } finally {
            lab.close();
        }
    }

    private static Item app(Lab lab, String version) {
        return lab.greeter(APP, version, Swap.OVERLAP, "");
    }
}
