"""Roles and users through the published library of the product whose API this is, as it comes from PyPI.

Reads the server and the client as JSON from standard input; fails at the first surprise.
"""

import json
import sys
from uuid import uuid4

from adh_sample_library_preview import ADHClient, Role, RoleScope, SdsError, User

given = json.load(sys.stdin)
client = ADHClient("v1", given["tenant"], given["url"], given["client_id"], given["client_secret"])


def gone(read, key):
    try:
        read(key)
    except SdsError as error:
        assert error.StatusCode == 404, error
    else:
        raise AssertionError(f"{key} is still there")


# Roles.
built_in = {role.Name: role.Id for role in client.Roles.getRoles()}
assert "Tenant Member" in built_in, built_in
made = client.Roles.createRole(Role(name="MyData.Role", description="Reads my data", role_scope=RoleScope.Tenant))
assert (made.Name, made.TenantId, made.RoleScope) == ("MyData.Role", given["tenant"], RoleScope.Tenant), made.toJson()
made.Description = "Reads and writes my data"
assert client.Roles.updateRole(made).Description == made.Description
assert client.Roles.getRoleById(made.Id).Description == made.Description
assert [role.Name for role in client.Roles.getRoles(skip=len(built_in), count=5)] == ["MyData.Role"]

# Users.
user = User(id=str(uuid4()), name="Bo Reader", email="bo@example.com", role_ids=[built_in["Tenant Member"], made.Id])
assert client.Users.createUser(user).Id == user.Id
read = client.Users.getUserById(user.Id)
assert (read.Email, sorted(read.RoleIds)) == (user.Email, sorted(user.RoleIds)), read.toJson()
user.Name = "Bo Writer"
client.Users.createOrUpdateUser(user)
assert "Bo Writer" in [one.Name for one in client.Users.getUsers()]
client.Users.deleteUser(user.Id)
gone(client.Users.getUserById, user.Id)

client.Roles.deleteRole(made.Id)
gone(client.Roles.getRoleById, made.Id)

# The one namespace.
assert [namespace.Id for namespace in client.Namespaces.getNamespaces()] == ["default"]
