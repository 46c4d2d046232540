"""What every record that belongs to a matter shares."""

from casework.matters.models.matter import Matter
from office.history import Audit
from office.models import DataKey
from office.vault import VaultRecord

#: in the change log such a row goes by its matter's number, unit and seal
OF_MATTER = Audit(label="number", parent="matter", unit="lead_unit_id", sealed="sealed")


class VaultOfMatter(VaultRecord):
    """A record whose vault fields lie under the data key of its `matter`."""

    matter: Matter

    class Meta:
        abstract = True

    @property
    def vault_key(self) -> DataKey:
        return self.matter.data_key
