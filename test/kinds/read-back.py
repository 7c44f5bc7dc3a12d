"""Reads one resource back with boto3 and prints what AWS says of it as JSON.

Shares nothing with the code under test. Lists that AWS gives in any order become maps by what tells their items
apart; timestamps and sizes go. Arguments: endpoint, region, kind, a JSON object that says where the resource is.
"""

import datetime
import json
import sys

import boto3

endpoint, region, kind, where = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])


def client(service):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def by(key, items):
    return {item[key]: item for item in items}


def tags(items):
    return {item["Key"]: item["Value"] for item in items}


def dynamodb_table():
    dynamodb, name = client("dynamodb"), where["name"]
    table = dynamodb.describe_table(TableName=name)["Table"]
    table["AttributeDefinitions"] = by("AttributeName", table["AttributeDefinitions"])
    for kind_of_index in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
        table[kind_of_index] = by("IndexName", table.get(kind_of_index, []))
    for index in [*table["GlobalSecondaryIndexes"].values(), *table["LocalSecondaryIndexes"].values()]:
        if "NonKeyAttributes" in index["Projection"]:
            index["Projection"]["NonKeyAttributes"].sort()
    backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    return {
        "Table": table,
        "TimeToLive": dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"],
        "PointInTimeRecovery": backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"],
        "Tags": tags(dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]),
    }


def log_group():
    logs, name = client("logs"), where["name"]
    groups = by("logGroupName", logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"])
    arn = groups[name]["arn"].removesuffix(":*")
    return {"LogGroup": groups[name], "Tags": logs.list_tags_for_resource(resourceArn=arn)["tags"]}


def iam_role():
    iam, name = client("iam"), where["name"]
    role = iam.get_role(RoleName=name)["Role"]
    policies = iam.list_role_policies(RoleName=name)["PolicyNames"]
    documents = {
        policy: iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"] for policy in policies
    }
    attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
    role["Tags"] = tags(role["Tags"])
    return {"Role": role, "Policies": documents, "AttachedPolicies": attached}


def lambda_function():
    functions, name = client("lambda"), where["name"]
    found = functions.get_function(FunctionName=name)
    versions = functions.list_versions_by_function(FunctionName=name)["Versions"]
    published = {item["Version"]: item.get("Description", "") for item in versions if item["Version"] != "$LATEST"}
    return {"Configuration": found["Configuration"], "Tags": found["Tags"], "Versions": published}


def lambda_alias():
    name, alias = where["name"].split(":")
    return client("lambda").get_alias(FunctionName=name, Name=alias)


def lambda_permission():
    name, alias, _ = where["name"].split(":")
    policy = json.loads(client("lambda").get_policy(FunctionName=name, Qualifier=alias)["Policy"])
    return {"Statements": by("Sid", policy["Statement"])}


def rest_api():
    return client("apigateway").get_rest_api(restApiId=where["physicalId"])


def rest_definition():
    gateway, api = client("apigateway"), where["physicalId"]
    resources = gateway.get_resources(restApiId=api, limit=500, embed=["methods"])["items"]
    methods = {
        f"{verb} {resource['path']}": method
        for resource in resources
        for verb, method in resource.get("resourceMethods", {}).items()
    }
    authorizers = gateway.get_authorizers(restApiId=api)["items"]
    validators = gateway.get_request_validators(restApiId=api)["items"]
    for method in methods.values():
        method["Authorizer"] = by("id", authorizers).get(method.get("authorizerId"), {}).get("name")
        method["Validator"] = by("id", validators).get(method.get("requestValidatorId"), {}).get("name")
    models = by("name", gateway.get_models(restApiId=api)["items"])
    for model in models.values():
        model["Schema"] = json.loads(model["schema"])
    deployments = gateway.get_deployments(restApiId=api)["items"]
    return {
        "Authorizers": by("name", authorizers),
        "Validators": by("name", validators),
        "Models": models,
        "GatewayResponses": by("responseType", gateway.get_gateway_responses(restApiId=api)["items"]),
        "Paths": sorted(resource["path"] for resource in resources),
        "Methods": methods,
        "Deployments": [item.get("description") for item in deployments],
    }


def rest_stage():
    api, stage = where["physicalId"].split("/")
    gateway = client("apigateway")
    found = gateway.get_stage(restApiId=api, stageName=stage)
    deployment = gateway.get_deployment(restApiId=api, deploymentId=found["deploymentId"])
    return {"Stage": found, "Deployment": deployment.get("description")}


def v2_api():
    return client("apigatewayv2").get_api(ApiId=where["physicalId"])


def v2_definition():
    gateway, api = client("apigatewayv2"), where["physicalId"]
    integrations = by("IntegrationId", gateway.get_integrations(ApiId=api)["Items"])
    authorizers = by("AuthorizerId", gateway.get_authorizers(ApiId=api)["Items"])
    routes = by("RouteKey", gateway.get_routes(ApiId=api)["Items"])
    for integration in integrations.values():
        if integration["IntegrationType"] == "MOCK":
            responses = gateway.get_integration_responses(ApiId=api, IntegrationId=integration["IntegrationId"])
            integration["Responses"] = by("IntegrationResponseKey", responses["Items"])
    for route in routes.values():
        route["LeadsTo"] = integrations[route["Target"].removeprefix("integrations/")].get("Description")
        if "AuthorizerId" in route:
            route["GuardedBy"] = authorizers[route["AuthorizerId"]]["Name"]
        if "RouteResponseSelectionExpression" in route:
            responses = gateway.get_route_responses(ApiId=api, RouteId=route["RouteId"])["Items"]
            route["Responses"] = [response["RouteResponseKey"] for response in responses]
    deployments = gateway.get_deployments(ApiId=api)["Items"]
    return {
        "Authorizers": by("Name", authorizers.values()),
        "Integrations": by("Description", integrations.values()),
        "Routes": routes,
        "Deployments": [item.get("Description") for item in deployments],
    }


def v2_stage():
    api, stage = where["physicalId"].split("/")
    gateway = client("apigatewayv2")
    found = gateway.get_stage(ApiId=api, StageName=stage)
    deployment = gateway.get_deployment(ApiId=api, DeploymentId=found["DeploymentId"])
    return {"Stage": found, "Deployment": deployment.get("Description")}


def gateway_account():
    account, iam = client("apigateway").get_account(), client("iam")
    role = account["cloudwatchRoleArn"].split("/")[-1]
    statements = iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]["Statement"]
    return {
        **account,
        "Trusted": [statement["Principal"]["Service"] for statement in statements],
        "Policies": iam.list_role_policies(RoleName=role)["PolicyNames"],
    }


def usage_plan():
    plan = client("apigateway").get_usage_plan(usagePlanId=where["physicalId"])
    return {"Plan": plan, "Stages": by("stage", plan["apiStages"])}


def rest_domain():
    return client("apigateway").get_domain_name(domainName=where["name"])


def base_path_mapping():
    domain, path = where["physicalId"].split("/")
    return client("apigateway").get_base_path_mapping(domainName=domain, basePath=path)


def sns_topic():
    sns = client("sns")
    arn = next(topic["TopicArn"] for topic in sns.list_topics()["Topics"] if topic["TopicArn"].endswith(":" + where["name"]))
    return {
        "Attributes": sns.get_topic_attributes(TopicArn=arn)["Attributes"],
        "Tags": tags(sns.list_tags_for_resource(ResourceArn=arn)["Tags"]),
    }


def sqs_queue():
    sqs = client("sqs")
    url = sqs.get_queue_url(QueueName=where["name"])["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return {
        "Attributes": attributes,
        "RedrivePolicy": json.loads(attributes["RedrivePolicy"]),
        "Policy": json.loads(attributes["Policy"]),
        "Tags": sqs.list_queue_tags(QueueUrl=url)["Tags"],
    }


def sns_subscription():
    attributes = client("sns").get_subscription_attributes(SubscriptionArn=where["physicalId"])["Attributes"]
    return {"Attributes": attributes, "FilterPolicy": json.loads(attributes["FilterPolicy"])}


def lambda_event_source():
    functions, uuid = client("lambda"), where["physicalId"]
    mapping = functions.get_event_source_mapping(UUID=uuid)
    account = mapping["FunctionArn"].split(":")[4]
    arn = f"arn:aws:lambda:{region}:{account}:event-source-mapping:{uuid}"
    return {"Mapping": mapping, "Tags": functions.list_tags(Resource=arn)["Tags"]}


def event_rule():
    events, name = client("events"), where["name"]
    rule = events.describe_rule(Name=name)
    return {
        "Rule": rule,
        "Targets": events.list_targets_by_rule(Rule=name)["Targets"],
        "Tags": tags(events.list_tags_for_resource(ResourceARN=rule["Arn"])["Tags"]),
    }


def vpc_link():
    return client("apigatewayv2").get_vpc_link(VpcLinkId=where["physicalId"])


def rest_vpc_link():
    return client("apigateway").get_vpc_link(vpcLinkId=where["physicalId"])


def domain_name():
    return client("apigatewayv2").get_domain_name(DomainName=where["name"])


def api_mapping():
    domain = where["name"].split("/")[0]
    return by("ApiMappingKey", client("apigatewayv2").get_api_mappings(DomainName=domain)["Items"])


def cloudwatch_alarm():
    watch = client("cloudwatch")
    alarm = watch.describe_alarms(AlarmNames=[where["name"]])["MetricAlarms"][0]
    dimensions = {item["Name"]: item["Value"] for item in alarm.pop("Dimensions")}
    found = watch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
    return {"Alarm": alarm, "Dimensions": dimensions, "Tags": tags(found)}


readers = {
    "cloudwatch-alarm": cloudwatch_alarm,
    "sns-subscription": sns_subscription,
    "lambda-event-source": lambda_event_source,
    "event-rule": event_rule,
    "sns-topic": sns_topic,
    "sqs-queue": sqs_queue,
    "vpc-link": vpc_link,
    "rest-vpc-link": rest_vpc_link,
    "domain-name": domain_name,
    "api-mapping": api_mapping,
    "dynamodb-table": dynamodb_table,
    "log-group": log_group,
    "iam-role": iam_role,
    "lambda-function": lambda_function,
    "lambda-alias": lambda_alias,
    "lambda-permission": lambda_permission,
    "rest-api": rest_api,
    "rest-definition": rest_definition,
    "rest-stage": rest_stage,
    "gateway-account": gateway_account,
    "usage-plan": usage_plan,
    "rest-domain": rest_domain,
    "base-path-mapping": base_path_mapping,
    "http-api": v2_api,
    "http-definition": v2_definition,
    "http-stage": v2_stage,
    "websocket-api": v2_api,
    "websocket-definition": v2_definition,
    "websocket-stage": v2_stage,
}

found = readers[kind]()
found.pop("ResponseMetadata", None)
json.dump(found, sys.stdout, default=lambda value: value.isoformat() if isinstance(value, datetime.datetime) else str(value))
