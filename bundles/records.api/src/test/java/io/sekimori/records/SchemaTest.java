package io.sekimori.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void filesLieBesideTheirOwner() {
        Schema schema = Schema.beside("fleet", SchemaTest.class, "V1__first.sql", "V2__second.sql");

        assertThat(schema.folder()).isEqualTo("io/sekimori/records/migrations");
    }

    @Test
    void migrationsAreNumberedFromOneWithoutAHole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.beside("fleet", SchemaTest.class, "V1__first.sql", "V3__third.sql"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.beside("fleet", SchemaTest.class, "V0__first.sql"));
    }

    @Test
    void aNameIsSafeInAStatement() {
        assertThatIllegalArgumentException().isThrownBy(() -> Schema.beside("a; drop", SchemaTest.class));
        assertThatIllegalArgumentException().isThrownBy(() -> Schema.beside("", SchemaTest.class));
    }
}
