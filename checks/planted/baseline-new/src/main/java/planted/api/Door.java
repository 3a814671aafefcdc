package planted.api;

import org.osgi.annotation.versioning.ProviderType;

/** The same interface with a method more, which asks for a new version of the package. */
@ProviderType
public interface Door {

    void open();

    void close();
}
