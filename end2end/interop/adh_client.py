"""Roles and people by the published library of the original product, which comes from PyPI and is not changed.

Reads the server and a client that may change things as JSON from standard input; writes what it learned as JSON to standard
output.
"""

import json
import sys
from uuid import uuid4

from adh_sample_library_preview import ADHClient, Role, RoleScope, SdsError, User
from adh_sample_library_preview.Roles import Roles


def refusal(call, *arguments):
    """What a call is refused with."""
    try:
        call(*arguments)
    except SdsError as error:
        assert error.OperationId and error.Reason and error.Resolution, error
        return error.StatusCode
    return None


def roles_of(roles):
    """Adds, reads, changes and removes a role."""
    built_in = {role.RoleTypeId: role.Id for role in roles.getRoles() if role.RoleTypeId}
    new = Role(name="MyData.Role", description="Reads my data", role_scope=RoleScope.Tenant)
    made = roles.createRole(new)
    read = roles.getRoleById(made.Id)
    assert read.toDictionary() == made.toDictionary()
    read.Description = "Reads and writes my data"
    changed = roles.updateRole(read)
    some = roles.getRoles(skip=5, count=1)
    roles.deleteRole(made.Id)
    return {
        "built_in": sorted(built_in),
        "member": built_in[Roles.TenantMemberRoleTypeId],
        "made": made.toDictionary(),
        "changed": changed.toDictionary(),
        "some": [role.Name for role in some],
        "after": refusal(roles.getRoleById, made.Id),
        "unchangeable": refusal(roles.deleteRole, built_in[Roles.TenantMemberRoleTypeId]),
    }


def users_of(users, member):
    """Adds, reads, changes and removes a person."""
    new = User(
        id=str(uuid4()),
        contact_email="ana@example.com",
        contact_given_name="Ana",
        contact_surname="Lima",
        external_user_id="7",
        identity_provider_id=users.AADIdentityProviderId,
        role_ids=[member],
    )
    made = users.createUser(new)
    read = users.getUserById(made.Id)
    assert read.toDictionary() == made.toDictionary()
    read.Surname = "Lima"
    users.createOrUpdateUser(read)
    changed = users.getOrCreateUser(read)
    listed = users.getUsers(skip=0, count=1000)
    taken = refusal(users.createUser, User(name="Other", email="ANA@example.com"))
    users.deleteUser(made.Id)
    return {
        "made": made.toDictionary(),
        "changed": changed.toDictionary(),
        "listed": made.Id in [user.Id for user in listed],
        "taken": taken,
        "after": refusal(users.getUserById, made.Id),
    }


def main():
    given = json.load(sys.stdin)
    client = ADHClient("v1", given["tenant"], given["url"], given["client_id"], given["client_secret"])
    roles = roles_of(client.Roles)
    json.dump({"roles": roles, "users": users_of(client.Users, roles["member"])}, sys.stdout)


main()
