package express.polaris.upgrade;

/**
 * The first schema that could seal invoices. Its commit got the classes of this package without what it did not have yet:
 * mails and the accounting statement.
 */
class UpgradeFromVersion7Test extends UpgradeFrom {

    UpgradeFromVersion7Test() {
        super(7);
    }
}
