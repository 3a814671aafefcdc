package io.sekimori.config.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.service.metatype.MetaTypeService;

class MetatypeSchemasTest {

    @Test
    void aBundleThatGoesAwayWhileItIsReadIsLeftOut() {
        assertThat(schemas(Bundle.UNINSTALLED, new IllegalStateException("Bundle is uninstalled"))
                        .all(Locale.ROOT))
                .isEmpty();
        assertThat(schemas(Bundle.UNINSTALLED, new NullPointerException("revision"))
                        .all(Locale.ROOT))
                .isEmpty();
    }

    @Test
    void aFaultOfABundleThatIsThereIsTold() {
        MetatypeSchemas schemas = schemas(Bundle.ACTIVE, new NullPointerException("theirs"));

        assertThatThrownBy(() -> schemas.all(Locale.ROOT)).hasMessage("theirs");
    }

    private static MetatypeSchemas schemas(int state, RuntimeException thrown) {
        MetaTypeService metatype = bundle -> {
            throw thrown;
        };
        return new MetatypeSchemas(() -> new Bundle[] {bundle(state)}, metatype);
    }

    private static Bundle bundle(int state) {
        return (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getState" -> state;
                    case "getBundleId", "getLastModified" -> 7L;
                    case "getVersion" -> Version.emptyVersion;
                    case "getSymbolicName" -> "io.acme.guest";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
