/** Who this gateway is: what its maker says of it, and what it became at a console. Fail closed: without proof it is nobody. */
@Export
@Version("1.1.0")
@NullMarked
package io.sekimori.identity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
