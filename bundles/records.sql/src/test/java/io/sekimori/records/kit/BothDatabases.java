package io.sekimori.records.kit;

import io.sekimori.records.Dialect;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Makes the databases of {@link OnBothDatabases}. The server is started once for all tests of a process. */
final class BothDatabases implements TestTemplateInvocationContextProvider {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(BothDatabases.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return Stream.of(Dialect.values()).map(Run::new);
    }

    private record Run(Dialect dialect) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int number) {
            return dialect.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Giving(dialect));
        }
    }

    private record Giving(Dialect dialect) implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Consoles.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(SPACE)
                    .getOrComputeIfAbsent(
                            Consoles.class,
                            key -> dialect == Dialect.H2
                                    ? Consoles.onH2()
                                    : Consoles.on(context.getRoot()
                                            .getStore(SPACE)
                                            .getOrComputeIfAbsent(
                                                    PostgresServer.class,
                                                    first -> PostgresServer.start(),
                                                    PostgresServer.class)),
                            Consoles.class);
        }
    }
}
